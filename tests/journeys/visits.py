"""What a browser meets on a page: answers, requests, complaints, cookies, and whether the page fits the window."""

from dataclasses import dataclass, field

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


def visit(context, site: str, path: str) -> Visit:
    page = context.new_page()
    seen = Visit(site + path)
    page.add_init_script(TELL_VIOLATIONS)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("requestfailed", lambda request: seen.failures.append(f"{request.failure} {request.url}"))
    page.on("response", lambda response: _note_failure(seen, response))
    page.on("console", lambda message: _note_complaint(seen, message))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.status = page.goto(seen.address).status
    page.evaluate(ALL_HERE)
    seen.language, seen.direction = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if found := page.evaluate(TOO_WIDE):
            seen.too_wide[width] = found
    seen.cookies = context.cookies()
    page.close()
    return seen


def _note_failure(seen: Visit, response) -> None:
    if response.status >= 400 and response.url != seen.address:
        seen.failures.append(f"{response.status} {response.url}")


def _note_complaint(seen: Visit, message) -> None:
    """The browser also complains that the page that does not exist does not exist."""
    if message.type == "error" and message.location["url"] != seen.address:
        seen.complaints.append(message.text)
