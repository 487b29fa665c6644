// Makes the translation editor quick: texts save themselves, keys lead from one open text to the next, suggestions and
// the preview come beside. Without this the page is one form that is saved as a whole.
import { insert, wrap } from "./editor/writing.js"
import { keep, kept, forget } from "./editor/keeping.js"

const desk = document.querySelector("[data-desk]")
const PAUSE = 1500
const OPEN = "[data-state=open], [data-state=outdated]"
const timers = new Map()
const running = new Map()
let leaving = false

const form = document.querySelector("#texts")
const announcement = desk.querySelector("[data-announcement]")
const segments = [...desk.querySelectorAll("[data-segment]")]
const field = (segment) => segment.querySelector(".segment__field")
const keyOf = (segment) => `${desk.dataset.draftKey}-${segment.id}`
const version = (segment) => segment.querySelector("[data-version]")
const isChanged = (segment) => field(segment).value !== segment.dataset.stored

function say(text) {
  announcement.textContent = ""
  requestAnimationFrame(() => (announcement.textContent = text))
}

function status(segment, text, failed = false) {
  const line = segment.querySelector("[data-status]")
  line.textContent = text
  line.classList.toggle("segment__status--failed", failed)
  field(segment).toggleAttribute("aria-invalid", failed)
  overall()
}

// Said only where a text comes near to what its field holds.
function length(segment) {
  const { value, dataset } = field(segment)
  return dataset.limit && value.length > dataset.limit * 0.8 ? ` · ${value.length} / ${dataset.limit}` : ""
}

function overall() {
  const unsaved = segments.filter(isChanged).length
  desk.querySelector("[data-overall]").textContent = unsaved ? `${desk.dataset.unsaved}: ${unsaved}` : desk.dataset.allSaved
}

function changed(segment) {
  clearTimeout(timers.get(segment))
  if (!isChanged(segment)) {
    forget(keyOf(segment))
    return status(segment, "")
  }
  keep(keyOf(segment), field(segment).value, version(segment).value)
  if (segment.querySelector(".conflict")) return
  status(segment, desk.dataset.unsaved + length(segment))
  timers.set(segment, setTimeout(() => save(segment), PAUSE))
}

// One request per text at a time, its answer included: the next one needs the version that came back.
function save(segment, loudly = false) {
  clearTimeout(timers.get(segment))
  const turn = (running.get(segment) ?? Promise.resolve()).catch(() => {}).then(() => attempt(segment, loudly))
  running.set(segment, turn)
  return turn
}

async function attempt(segment, loudly) {
  if (!isChanged(segment) || field(segment).readOnly) return true
  if (segment.querySelector(".conflict") && !loudly) return false
  const answer = await send(segment, field(segment).value).catch(() => ({ detail: `${desk.dataset.failed} ${desk.dataset.offline}` }))
  return answer.done === undefined ? refused(segment, answer) : stored(segment, answer, loudly)
}

async function send(segment, text) {
  status(segment, desk.dataset.saving)
  const body = new URLSearchParams({ text, version: version(segment).value })
  const headers = { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value }
  const response = await fetch(segment.dataset.url, { method: "POST", body, headers })
  const answer = (response.headers.get("content-type") || "").includes("json") ? await response.json() : {}
  if (answer.done === undefined && !answer.detail) throw new Error(response.status)
  return { ...answer, text }
}

function refused(segment, answer) {
  status(segment, answer.detail, true)
  say(answer.detail)
  if (answer.theirs !== undefined) conflict(segment, answer)
  return false
}

// Somebody else was quicker: nothing is replaced before a person has chosen.
function conflict(segment, { theirs, version: newer }) {
  segment.querySelector(".conflict")?.remove()
  const box = desk.querySelector("[data-conflict]").content.firstElementChild.cloneNode(true)
  const { lang, dir } = field(segment)
  Object.assign(box.querySelector(".offer__text"), { lang, dir, textContent: theirs })
  box.querySelector("[data-mine]").addEventListener("click", () => {
    version(segment).value = newer
    save(segment, true)
  })
  box.querySelector("[data-theirs]").addEventListener("click", () => {
    version(segment).value = newer
    takeTheirs(segment, theirs)
  })
  segment.querySelector("[data-findings], [data-status]").after(box)
}

function takeTheirs(segment, theirs) {
  segment.querySelector(".conflict").remove()
  segment.dataset.stored = theirs
  replace(segment, theirs)
  changed(segment)
}

function stored(segment, answer, loudly) {
  segment.dataset.stored = answer.text
  version(segment).value = answer.version
  segment.querySelector(".conflict")?.remove()
  if (answer.state) {
    segment.dataset.state = answer.state
    segment.querySelector("[data-badge]").innerHTML = answer.badge
    segment.querySelector("[data-findings]").innerHTML = answer.findings
  }
  progress(answer)
  if (isChanged(segment)) changed(segment)
  else {
    forget(keyOf(segment))
    status(segment, desk.dataset.saved)
  }
  const findings = segment.querySelector("[data-findings]")?.textContent.trim().replace(/\s+/g, " ")
  if (loudly || findings) say(`${desk.dataset.saved}. ${findings || ""}`)
  refreshPreview()
  return true
}

function progress({ done, total }) {
  desk.querySelector("[data-done]").textContent = done
  Object.assign(desk.querySelector("[data-progress]"), { value: done, max: total })
  const next = desk.querySelector(OPEN)
  const link = desk.querySelector("[data-next-open]")
  if (link) link.hidden = !next
}

// --- Going from text to text ---------------------------------------------------------------------------------------
function go(step, from = document.activeElement.closest?.("[data-segment]")) {
  const start = from ? segments.indexOf(from) : step > 0 ? -1 : segments.length
  const order = [...segments.keys()].map((n) => (start + step * (n + 1) + 2 * segments.length) % segments.length)
  const next = order.map((n) => segments[n]).find((segment) => segment !== from && segment.matches(OPEN))
  if (!next) return say(desk.dataset.noneOpen)
  field(next).focus({ preventScroll: true })
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  next.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" })
}

const first = (segment, selector) => segment.querySelector(selector)?.click()
const KEYS = {
  "control+Enter": async (segment) => (await save(segment, true)) && go(1, segment),
  "control+s": (segment) => save(segment, true),
  "alt+ArrowDown": (segment) => go(1, segment),
  "alt+ArrowUp": (segment) => go(-1, segment),
  F2: (segment) => first(segment, "[data-copy]"),
  F4: (segment) => first(segment, "[data-use]"),
}

function pressed(event) {
  const name = `${event.ctrlKey || event.metaKey ? "control+" : ""}${event.altKey ? "alt+" : ""}${event.key}`
  const segment = event.target.closest("[data-segment]")
  if (!KEYS[name] || event.shiftKey || (!segment && !name.startsWith("alt"))) return
  event.preventDefault()
  KEYS[name](segment)
}

// --- Suggestions and buttons ---------------------------------------------------------------------------------------
async function look(segment) {
  const memory = segment.querySelector("[data-memory]")
  if (!memory || memory.dataset.looked) return
  memory.dataset.looked = "yes"
  const list = memory.querySelector("[data-suggestions]")
  list.textContent = desk.dataset.loading
  const response = await fetch(memory.dataset.memory).catch(() => null)
  if (!response?.ok || response.redirected) return delete memory.dataset.looked
  list.innerHTML = await response.text()
  const found = Number(list.querySelector("[data-found]")?.dataset.found || 0)
  memory.querySelector("[data-count]").textContent = found || ""
  if (found && segment.matches(OPEN)) memory.open = true
}

function clicked({ target }) {
  const button = target.closest("button, a[data-next-open]")
  if (!button) return
  const segment = button.closest("[data-segment]")
  const { open, close, insert: word, text } = button.dataset
  if (open) wrap(field(segment), open, close)
  else if (word) insert(field(segment), word)
  else if (text !== undefined) replace(segment, text)
  else if (button.matches("[data-toggle-preview]")) togglePreview(button)
}

function replace(segment, text) {
  field(segment).focus()
  field(segment).select()
  insert(field(segment), text)
}

// --- Menus: Escape and whatever happens elsewhere close them -------------------------------------------------------
function closeMenus({ target, type, key }) {
  if (type === "keydown" && key !== "Escape") return
  for (const menu of desk.querySelectorAll(".desk__menu[open]")) {
    if (type !== "keydown" && menu.contains(target)) continue
    menu.open = false
    if (menu.contains(target)) menu.querySelector("summary").focus()
  }
}

// --- Preview -------------------------------------------------------------------------------------------------------
const preview = desk.querySelector(".desk__preview")
let previewTimer

function togglePreview(button) {
  preview.hidden = !preview.hidden
  button.setAttribute("aria-expanded", String(!preview.hidden))
  refreshPreview(0)
}

function refreshPreview(wait = 800) {
  if (!preview || preview.hidden) return
  clearTimeout(previewTimer)
  const frame = preview.querySelector("iframe")
  previewTimer = setTimeout(() => (frame.src = frame.dataset.previewSrc), wait)
}

// --- Beginning -----------------------------------------------------------------------------------------------------
function recover(segment) {
  const refusedBefore = field(segment).hasAttribute("aria-invalid")
  segment.dataset.stored = refusedBefore ? "\0" : field(segment).value
  const typed = kept(keyOf(segment))
  if (!typed || refusedBefore || field(segment).readOnly) return
  if (typed.text.trim() === field(segment).value.trim()) return forget(keyOf(segment))
  field(segment).value = typed.text
  version(segment).value = typed.version
  status(segment, desk.dataset.recovered)
}

segments.forEach(recover)
overall()
desk.classList.add("desk--ready")
desk.addEventListener("input", ({ target }) => target.matches(".segment__field") && changed(target.closest("[data-segment]")))
desk.addEventListener("focusin", ({ target }) => target.matches(".segment__field") && target.closest(OPEN) && look(target.closest("[data-segment]")))
desk.addEventListener("focusout", ({ target }) => target.matches(".segment__field") && isChanged(target.closest("[data-segment]")) && save(target.closest("[data-segment]")))
desk.addEventListener("toggle", ({ target }) => target.matches("[data-memory]") && target.open && look(target.closest("[data-segment]")), true)
desk.addEventListener("click", clicked)
document.addEventListener("keydown", pressed)
for (const type of ["keydown", "focusin", "click"]) document.addEventListener(type, closeMenus)
desk.querySelector("[data-next-open]")?.addEventListener("click", (event) => {
  event.preventDefault()
  go(1)
})
form.addEventListener("submit", () => (leaving = true))
addEventListener("beforeunload", (event) => !leaving && segments.some(isChanged) && event.preventDefault())
document.getElementById(location.hash.slice(1))?.querySelector(".segment__field")?.focus()
