"""HTML that needs nothing but itself: styles and pictures inside, no scripts, no forms, and nobody's name."""

import base64
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.templatetags.static import static

# What the snapshot leaves out: what does nothing on paper, and people who may want to be forgotten later.
LEFT_OUT = "script, form, noscript, link, iframe, dialog, .skip, .handout, .person, [data-personal]"
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ADDRESS_IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def self_contained(html: str, note: str) -> str:
    """`note` says where and when the page was seen."""
    soup = BeautifulSoup(html, "html.parser")
    styles = "\n".join(_style(link) for link in soup.select("link[rel=stylesheet]"))
    _take_in_icons(soup)
    for element in soup.select(LEFT_OUT):
        element.decompose()
    for element in soup.select("source, [srcset], [sizes]"):
        element.attrs.pop("srcset", None)
        element.attrs.pop("sizes", None)
    for picture in soup.select("img[src]"):
        picture["src"] = _picture(picture["src"])
        picture.attrs.pop("loading", None)
    for element in soup.select("a[href]"):
        element["href"] = urljoin(settings.BASE_URL, element["href"]) if element["href"][:1] == "/" else element["href"]
    _add(soup.head, soup.new_tag("style"), styles)
    line = soup.new_tag("p", style="margin:0;padding:.75rem 1rem;border-block-end:2px solid;font:16px/1.4 sans-serif")
    line["lang"], line["dir"] = settings.LANGUAGE_CODE, "ltr"
    line.string = note
    soup.body.insert(0, line)
    return str(soup)


def _add(parent, element, text: str) -> None:
    element.string = text
    parent.append(element)


def _style(link) -> str:
    css = _static_text(link["href"])
    base = link["href"]
    css = FONT_FACE.sub("", css)
    css = ADDRESS_IN_CSS.sub(lambda found: f'url("{_asset(urljoin(base, found[1]))}")', css)
    return f"@media {link['media']} {{\n{css}\n}}" if link.get("media") else css


def _asset(address: str) -> str:
    if address.startswith(("data:", "#")):
        return address
    content = _static_bytes(address)
    return _data(address, content) if content else "data:,"


def _take_in_icons(soup) -> None:
    """Icons are symbols of one file; those that are used move into the page."""
    used = {}
    for use in soup.select("use[href]"):
        file, _mark, name = use["href"].partition("#")
        if file:
            used[name] = file
            use["href"] = f"#{name}"
    if not used or soup.body is None:
        return
    holder = soup.new_tag("svg", hidden="", width="0", height="0")
    for file in {*used.values()}:
        for symbol in BeautifulSoup(_static_text(file), "html.parser").find_all(id=[*used]):
            holder.append(symbol)
    soup.body.append(holder)


def _picture(address: str) -> str:
    path = unquote(urlsplit(address).path)
    if address.startswith("data:"):
        return address
    prefix = "/media/"
    if not path.startswith(prefix):
        content = _static_bytes(address)
        return _data(path, content) if content else ""
    try:
        with default_storage.open(path.removeprefix(prefix)) as file:
            return _data(path, file.read())
    except (OSError, SuspiciousFileOperation, ValueError):
        return ""


def _data(name: str, content: bytes) -> str:
    kind = mimetypes.guess_type(urlsplit(name).path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _static_text(address: str) -> str:
    return (_static_bytes(address) or b"").decode()


def static_bytes(name: str) -> bytes:
    """A file of ours by its plain name."""
    return _static_bytes(static(name)) or b""


@lru_cache(maxsize=64)
def _static_bytes(address: str) -> bytes | None:
    """Collected files carry a digest in their name, those of developers do not."""
    path = unquote(urlsplit(address).path)
    if not path.startswith(settings.STATIC_URL):
        return None
    name = path.removeprefix(settings.STATIC_URL)
    root = Path(settings.STATIC_ROOT).resolve()
    collected = (root / name).resolve()
    if collected.is_relative_to(root) and collected.is_file():
        return collected.read_bytes()
    found = finders.find(name)
    return Path(found).read_bytes() if found else None
