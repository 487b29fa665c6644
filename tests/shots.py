"""Takes pictures of a running site: `python -m tests.shots http://127.0.0.1:8000 var/shots`, as make shots does.

One file per page, language, width and colour scheme. They are for looking at, not for comparing.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.conftest import CHROMIUM, FLAGS, NO_CHROMIUM

LANGUAGES = ("de", "ar")
WIDTHS = (320, 1440)
SCHEMES = ("light", "dark")
PATHS = (
    "",
    "aktuelles/",
    "projekte/",
    "kampagnen/",
    "termine/",
    "organisationen/",
    "gute-praxis/",
    "ueber-uns/",
    "kontakt/",
    "suche/?q=Demokratie",
    "gibt-es-nicht/",
)


def main(base, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, scheme in product(WIDTHS, SCHEMES):
            page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for language, path in product(LANGUAGES, PATHS):
                name = path.split("/")[0] or "start"
                page.goto(f"{base}/{language}/{path}", wait_until="load")
                page.screenshot(path=folder / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
            page.close()
        chromium.close()
    print(f"{len(list(folder.glob('*.png')))} pictures are in {folder}")


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit(NO_CHROMIUM.replace("Browser tests were left out: t", "T"))
    try:
        main(*sys.argv[1:])
    except Error as error:
        sys.exit(f"{error}\nIs the site running? (make run)")
