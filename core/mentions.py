"""Where texts name an email address: nobody is asked for one there, and some write it all the same."""

import re
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from core.email_addresses import normalised

TEXTS = {"CharField", "JSONField", "SlugField", "TextField"}
MIRRORS = {"wagtailsearch"}  # what it holds of a page follows the page
# In JSON letters and breaks are written as signs of their own, twice so in texts within texts such as revisions.
WRITTEN_AS_NUMBER = re.compile(r"\\+u([0-9a-fA-F]{4})")
BEGINNING = r"(?:(?<![\w.+-])|(?<=\\[nrt]))"
DOMAIN = r"\w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)*"


def names(text: str, address: str) -> bool:
    """Whether it is this very address, in whatever spelling: `jo@example.org` is not in `mojo@example.org`."""
    readable = WRITTEN_AS_NUMBER.sub(lambda found: chr(int(found[1], 16)), text)
    found = re.finditer(f"{BEGINNING}{re.escape(_name(address))}@{DOMAIN}", readable, re.IGNORECASE)
    return any(normalised(each[0]) == normalised(address) for each in found)


def naming(model: type[models.Model], fields: Iterable[str], address: str) -> models.QuerySet:
    """Rows of which one of these fields, text or JSON, names the address."""
    keys = {key for field in fields for key in _keys(model, field, address)}
    return model._base_manager.filter(pk__in=keys)


def mentions(address: str) -> Iterator[tuple[type[models.Model], object]]:
    """Model and key of every row that names the address, whosever it is: pages, their versions, notes, accounts."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.app_label in MIRRORS:
            continue
        keys = {key for field in _texts(model) for key in _keys(model, field, address)}
        yield from ((model, key) for key in sorted(keys, key=str))


def _texts(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_concrete_fields if field.get_internal_type() in TEXTS]


def _keys(model: type[models.Model], field: str, address: str) -> Iterator:
    """The database looks for what is before the domain, which has only one spelling."""
    if not _name(address) or address.strip().endswith("@"):
        return
    rows = model._base_manager.annotate(text_of_field=Cast(field, models.TextField()))
    named = rows.filter(text_of_field__icontains=f"{_name(address)}@").order_by()
    for key, text in named.values_list("pk", "text_of_field").iterator():
        if names(text, address):
            yield key


def _name(address: str) -> str:
    return address.strip().rpartition("@")[0]
