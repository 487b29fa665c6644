"""What a browser meets on a page: answers, requests, complaints, cookies, and whether the page fits the window."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

# Pictures further down load like the rest, and nothing is looked at before all of them have.
ALL_HERE = """async () => {
  for (const image of document.querySelectorAll("img[loading=lazy]")) image.loading = "eager";
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1);
  });
  return wide.map(element => element.outerHTML.slice(0, 120)).slice(0, 3).concat(`${document.documentElement.scrollWidth} > ${room}`);
}"""
# A page at 1280 pixels and 200 % has the room of 640 pixels; 320 is 400 %, and a small phone.
WIDTHS = (1280, 640, 320)

AXE = Axe().axe_script
VIOLATIONS = """options => axe.run(options).then(({violations}) =>
  violations.map(({id, nodes}) => ({id, elements: nodes.map(node => node.html)})))"""
# In the dark only colours change, so the other rules would find the same again.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    address: str
    status: int = 0
    language: str = ""
    direction: str = ""
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cookies: list[dict] = field(default_factory=list)
    too_wide: dict[int, list[str]] = field(default_factory=dict)
    barriers: list[str] = field(default_factory=list)


class Visitor:
    """Goes from page to page in one tab, as people do."""

    def __init__(self, context, site: str):
        self.site = site
        self.page = page = context.new_page()
        self.seen = Visit("")
        page.add_init_script(TELL_VIOLATIONS)
        page.on("request", lambda request: self.seen.requests.append(request.url))
        page.on("requestfailed", lambda request: self.seen.failures.append(f"{request.failure} {request.url}"))
        page.on("response", self._note_failure)
        page.on("console", self._note_complaint)
        page.on("pageerror", lambda error: self.seen.complaints.append(str(error)))

    def visit(self, path: str, thoroughly: bool = False) -> Visit:
        page, self.seen = self.page, Visit(self.site + path)
        seen = self.seen
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        seen.status = page.goto(seen.address).status
        page.evaluate(ALL_HERE)
        seen.language, seen.direction = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        if thoroughly:
            seen.barriers = barriers(page)
        for width in WIDTHS if thoroughly else WIDTHS[-1:]:
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(TOO_WIDE):
                seen.too_wide[width] = found
        seen.cookies = page.context.cookies()
        return seen

    def _note_failure(self, response) -> None:
        if response.status >= 400 and response.url != self.seen.address:
            self.seen.failures.append(f"{response.status} {response.url}")

    def _note_complaint(self, message) -> None:
        """The browser also complains that the page that does not exist does not exist."""
        if message.type == "error" and message.location["url"] != self.seen.address:
            self.seen.complaints.append(message.text)


def barriers(page) -> list[str]:
    """What axe finds on the page as it is shown now, in both colour schemes."""
    found = []
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rules = (
            {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": ["color-contrast"]}
        )
        for violation in page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], "runOnly": rules}):
            found += [f"{scheme}: {violation['id']}: {html[:160]}" for html in violation["elements"]]
    page.emulate_media(color_scheme="light")
    return found
