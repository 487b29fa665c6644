// The directory answers without a reload: the same page is fetched, and its changing parts take the place of the old ones.
// Without this, form and links do the same with a reload.
const LIVE = "[data-live], #map";
const parts = () => document.querySelectorAll(LIVE);
const form = () => document.getElementById("find");
const here = () => location.pathname + location.search;
let running = null;
let shown = here();

function question() {
  const asked = new URLSearchParams();
  const standard = form().elements.radius?.dataset.standard;
  for (const [name, value] of new FormData(form())) {
    const text = value.trim();
    if (text && !(name === "radius" && (text === standard || !form().elements.near.value.trim()))) asked.append(name, text);
  }
  const text = asked.toString();
  return location.pathname + (text && `?${text}`);
}

function place(fold) {
  return fold.dataset.keep ? `details[data-keep="${fold.dataset.keep}"]` : "#map details";
}

// What the reader unfolded, scrolled, filtered or is just using stays as it is.
function remember() {
  const focus = document.activeElement;
  const folds = [...document.querySelectorAll("details[data-keep], #map details")].map((fold) => [place(fold), fold.open]);
  const finds = [...document.querySelectorAll("[data-live] .facet-find input")].map((field) => [field.id, field.value]);
  const lists = [...document.querySelectorAll(".facet-long")].map((list) => list.scrollTop);
  const live = focus?.closest(LIVE);
  const typed = live && focus.matches("input:not([type=checkbox])") ? [focus.value, focus.selectionStart] : null;
  return () => {
    for (const [where, open] of folds) {
      const fold = document.querySelector(where);
      if (fold) fold.open = open;
    }
    for (const [id, value] of finds) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
    prepare();
    document.querySelectorAll(".facet-long").forEach((list, number) => (list.scrollTop = lists[number] ?? 0));
    const again = live && focus.id && document.getElementById(focus.id);
    if (!again) return Boolean(live);
    if (typed) {
      again.value = typed[0];
      if (typed[1] !== null) again.setSelectionRange(typed[1], typed[1]);
    }
    again.focus({ preventScroll: true });
    return false;
  };
}

async function show(address, { push = true, toResults = false } = {}) {
  running?.abort();
  const request = (running = new AbortController());
  for (const part of parts()) part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: request.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (request.signal.aborted) return;
    if (!page.getElementById("found")) throw new Error("another page");
    const restore = remember();
    for (const part of parts()) {
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    document.title = page.title;
    if (push && address !== shown) history.pushState(null, "", address);
    shown = address;
    languages(page);
    const lost = restore();
    const results = document.getElementById("results");
    document.getElementById("said").textContent = results.textContent;
    if (toResults || lost) results.focus({ preventScroll: !toResults });
    if (toResults) results.scrollIntoView({ block: "start" });
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(address);
  } finally {
    if (running === request) for (const part of parts()) part.removeAttribute("aria-busy");
  }
}

// The same question in another language.
function languages(page) {
  const fresh = page.querySelectorAll("a[hreflang]");
  document.querySelectorAll("a[hreflang]").forEach((link, number) => {
    if (fresh[number]?.hreflang === link.hreflang) link.href = fresh[number].getAttribute("href");
  });
}

// Long lists get a field to find one among them.
function prepare() {
  for (const find of document.querySelectorAll(".facet-find")) {
    find.hidden = false;
    narrow(find.querySelector("input"));
  }
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function narrow(field) {
  const wanted = plain(field.value.trim());
  for (const item of field.closest("fieldset").querySelectorAll("li")) {
    item.hidden = !plain(item.textContent).includes(wanted) && !item.querySelector(":checked");
  }
}

document.addEventListener("input", (event) => {
  if (event.target.closest(".facet-find")) narrow(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest(".facet-find")) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const { form: asked, name, type } = event.target;
  if (asked && asked === form() && (type === "checkbox" || (name === "radius" && asked.elements.near.value.trim()))) show(question());
});

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (event.submitter?.matches(".narrow-show")) event.submitter.closest("details.narrow").open = false;
  show(question(), { toResults: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link?.closest(LIVE) || link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.pathname + link.search, { toResults: Boolean(link.closest(".pagination")) });
});

addEventListener("popstate", () => {
  if (here() !== shown) show(here(), { push: false });
});

prepare();
