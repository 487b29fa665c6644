/* Hints of Leichte Sprache while somebody writes. The rules are the server's; this collects texts and shows answers. */

const WAIT = 700;
const panel = document.querySelector("[data-easy-panel]");
const form = document.querySelector("[data-edit-form]");
const NO_PROSE = /(^|[-_])(slug|url|date|phone|email|as_of|link_url|id|type|order|deleted)$/;

/* Texts: each has its words, where bold ones stand, and a way to a place in it. */

function collect() {
  const area = document.querySelector("#tab-content") ?? form;
  const fields = area.querySelectorAll("input[type=text], textarea:not([hidden]), .public-DraftEditor-content");
  return [...fields].filter(isProse).map((field) => (isRich(field) ? richText(field) : plainText(field)));
}

function isRich(field) {
  return field.matches(".public-DraftEditor-content");
}

function isProse(field) {
  if (field.closest("[data-contentpath-disabled], [hidden], .w-field--draftail_rich_text_area textarea, .Draftail-Toolbar")) {
    return isRich(field) && !field.closest("[hidden]");
  }
  return isRich(field) || (!field.readOnly && field.name && field.offsetParent !== null && !NO_PROSE.test(field.name));
}

function plainText(field) {
  return {
    text: field.value,
    bold: [],
    range: () => null,
    show(start, end) {
      field.focus();
      field.setSelectionRange(start, end);
      field.scrollIntoView({ block: "center" });
    },
  };
}

function richText(editor) {
  const pieces = [];
  const bold = [];
  let text = "";
  for (const block of editor.querySelectorAll("[data-block]")) {
    if (text) text += "\n";
    for (const leaf of block.querySelectorAll("[data-text]")) {
      const node = leaf.firstChild;
      if (node?.nodeType !== Node.TEXT_NODE) continue;
      pieces.push({ node, start: text.length });
      if (Number(getComputedStyle(leaf).fontWeight) >= 600) bold.push([text.length, text.length + node.data.length]);
      text += node.data;
    }
  }
  const point = (position) => {
    const piece = pieces.findLast((candidate) => candidate.start <= position);
    return piece && [piece.node, Math.min(position - piece.start, piece.node.data.length)];
  };
  const range = (start, end) => {
    const [from, to] = [point(start), point(end)];
    if (!from || !to) return null;
    const found = new Range();
    found.setStart(...from);
    found.setEnd(...to);
    return found;
  };
  return {
    text,
    bold: joined(bold),
    range,
    show(start, end) {
      const found = range(start, end);
      if (!found) return;
      found.startContainer.parentElement.scrollIntoView({ block: "center" });
      highlight("easy-place", [found]);
    },
  };
}

/** Bold stretches that follow each other count as one. */
function joined(places) {
  const whole = [];
  for (const [start, end] of places) {
    if (whole.at(-1)?.[1] === start) whole.at(-1)[1] = end;
    else whole.push([start, end]);
  }
  return whole;
}

function highlight(name, ranges) {
  if (globalThis.Highlight) CSS.highlights.set(name, new Highlight(...ranges.filter(Boolean)));
}

/* Asking, not too often and one question at a time. */

function start() {
  const data = JSON.parse(document.querySelector("#easy-data").textContent);
  const list = panel.querySelector("[data-easy-hints]");
  const aside = panel.querySelector("[data-easy-aside]");
  const problem = panel.querySelector("[data-easy-problem]");
  const counter = document.querySelector('[data-side-panel-toggle="easy"] [data-side-panel-toggle-counter]');
  let asked = null;
  let timer = 0;
  let waiting = null;

  async function ask() {
    const texts = collect();
    const question = JSON.stringify({ texts: texts.map(({ text, bold }) => ({ text, bold })) });
    if (question === asked) return;
    waiting?.abort();
    waiting = new AbortController();
    asked = question;
    try {
      const response = await post(data.hints, question, { "Content-Type": "application/json" }, waiting.signal);
      if (!response.ok) throw new Error(response.status === 413 ? data.labels.tooLong : data.labels.failed);
      show(texts, (await response.json()).hints);
      problem.hidden = true;
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = null;
      problem.textContent = Object.values(data.labels).includes(error.message) ? error.message : data.labels.failed;
      problem.hidden = false;
    }
  }

  function show(texts, hints) {
    const open = hints.filter((hint) => !hint.aside);
    const quiet = hints.filter((hint) => hint.aside);
    list.replaceChildren(...open.map((hint) => entry(hint, texts)));
    aside.querySelector("ol").replaceChildren(...quiet.map((hint) => entry(hint, texts)));
    aside.querySelector("summary").textContent = data.labels.asideCount.replace("{count}", quiet.length);
    aside.hidden = !quiet.length;
    const told = open.length ? data.labels.count.replace("{count}", open.length) : data.labels.none;
    panel.querySelector("[data-easy-count]").textContent = told;
    counter.textContent = open.length;
    counter.hidden = !open.length;
    const places = (soft) => open.filter((hint) => hint.soft === soft).map((hint) => placeOf(hint, texts));
    highlight("easy-hint", places(false));
    highlight("easy-soft", places(true));
    highlight("easy-place", []);
    panel.dataset.easyPanel = "checked";
  }

  function placeOf(hint, texts) {
    return texts[hint.text].range(hint.start, hint.end);
  }

  function entry(hint, texts) {
    const rule = data.rules[hint.rule];
    const why = element("details", {}, [
      element("summary", { textContent: data.labels.why }),
      element("p", { textContent: rule.why }),
      element("p", {}, [labelled(data.labels.bad, rule.bad)]),
      element("p", {}, [labelled(data.labels.good, rule.good)]),
      element("small", { textContent: `${data.labels.source} ${rule.source}` }),
    ]);
    const found = hint.found.length > 90 ? `${hint.found.slice(0, 88)} …` : hint.found;
    const children = [
      element("strong", { className: "easy-hint-title", textContent: rule.title }),
      element("p", {}, [element("q", { textContent: found })]),
      element("p", { textContent: hint.message }),
    ];
    if (hint.suggestion) {
      children.push(element("p", { className: "easy-hint-better", textContent: `${data.labels.instead} ${hint.suggestion}` }));
    }
    const ways = element("p", { className: "easy-hint-ways" }, [
      button(data.labels.show, () => texts[hint.text].show(hint.start, hint.end)),
      button(hint.aside ? data.labels.back : data.labels.aside, () => putAside(hint)),
    ]);
    return element("li", { className: hint.soft ? "easy-hint easy-hint-soft" : "easy-hint" }, [...children, why, ways]);
  }

  async function putAside(hint) {
    const body = new URLSearchParams({ key: hint.key, aside: hint.aside ? "" : "1" });
    await post(data.putAside, body, {});
    asked = null;
    await ask();
    panel.querySelector("[data-easy-count]").focus?.();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // The rich text editor and blocks that come and go send no such events.
  new MutationObserver(soon).observe(form, { subtree: true, childList: true, characterData: true });
  soon();
}

function post(address, body, headers, signal) {
  const { CSRF_HEADER_NAME, CSRF_TOKEN } = globalThis.wagtailConfig;
  return fetch(address, { method: "POST", body, signal, headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN, ...headers } });
}

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function labelled(label, text) {
  return element("span", { textContent: `${label} ${text}` });
}

function button(label, action) {
  const made = element("button", { type: "button", textContent: label });
  made.addEventListener("click", action);
  return made;
}

if (panel && form) start();
