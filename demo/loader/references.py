"""Turns the names that texts use (paths, file names, keys) into the rows they mean."""

import re
from collections import defaultdict
from functools import cached_property

from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE
from core.models import Contact, SiteImage, Term
from demo.loader import texts

PAGE_LINK = re.compile(r'href="page:([^"]*)"')


class References:
    """One per run; a name that means nothing is a mistake in the texts and raises KeyError."""

    @cached_property
    def _pages(self) -> dict[str, int]:
        pages = Page.objects.filter(locale__language_code=SOURCE_LANGUAGE, depth__gt=1)
        rows = pages.values_list("url_path", "pk")
        return {url_path.strip("/").partition("/")[2]: pk for url_path, pk in rows}

    @cached_property
    def _images(self) -> dict[str, int]:
        titles = dict(SiteImage.objects.values_list("title", "pk"))
        return {image["file"]: titles[image["title"]] for image in texts.read("images")["image"]}

    @cached_property
    def _contacts(self) -> dict[str, int]:
        names = dict(Contact.objects.values_list("name", "pk"))
        return {contact["key"]: names[contact["name"]] for contact in texts.read("de/contacts")["contact"]}

    @cached_property
    def _terms(self) -> dict[type[Term], dict[str, Term]]:
        return defaultdict(dict)

    def page(self, path: str) -> int:
        return self._pages[path]

    def has_page(self, path: str) -> bool:
        return path in self._pages

    def terms(self, model: type[Term], keys: list[str]) -> list[Term]:
        known = self._terms[model]
        if not known:
            known.update({term.key: term for term in model.objects.source()})
        return [known[key] for key in keys]

    def image(self, file: str) -> int:
        return self._images[file]

    def contact(self, key: str) -> int:
        return self._contacts[key]

    def rich_text(self, html: str) -> str:
        return PAGE_LINK.sub(lambda found: f'linktype="page" id="{self.page(found[1])}"', html)
