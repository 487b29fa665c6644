"""Organisations as plain dictionaries. Where and how they are reached comes from the public entry and from nowhere else."""

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from core.addresses import absolute
from organisations.facets import vocabularies
from organisations.index import GROUP, NETWORK, SERVICE, TASK, DirectoryIndex
from organisations.languages import language_name
from organisations.models import NetworkPage, OrganisationPage

WORDS_KEPT_FOR = 600  # seconds

type Words = dict[str, dict[str, str]]


def records(pks: Iterable[int], language: str, index: DirectoryIndex) -> dict[int, dict]:
    """By primary key, those of them that are public and open data at this moment, in the given order."""
    pks = list(pks)
    with override(language):
        pages = {page.pk: page for page in _pages(pks)}
        words = vocabulary(index, language)
        return {pk: _record(pages[pk], _terms(index, pk, words), language) for pk in pks if pk in pages}


def _pages(pks: list[int]):
    pages = OrganisationPage.objects.listed().filter(pk__in=pks, entry__open_data=True).order_by()
    related = ("spoken_languages", "opening_hours", "social_links")
    return pages.with_text().select_related("entry").prefetch_related(*related)


def vocabulary(index: DirectoryIndex, language: str) -> Words:
    """For each facet the name of each key; every change of a name makes a new number of the directory."""
    key = f"open_data.words:{index.number}:{language}"
    words = cache.get(key)
    if words is None:
        terms = vocabularies(language)
        words = {name: {label.key: label.text for label in labels} for name, labels in terms.items()}
        words[NETWORK] = dict(NetworkPage.objects.listed().values_list("slug", "title"))
        cache.set(key, words, WORDS_KEPT_FOR)
    return words


def _terms(index: DirectoryIndex, pk: int, words: Words) -> dict[str, list[dict]]:
    """Keys as the index knows them, in the order of their vocabulary."""
    own = set(index.entries[index.position[pk]].values) if pk in index.position else set()
    return {
        facet: [{"key": key, "name": name} for key, name in names.items() if (facet, key) in own]
        for facet, names in words.items()
    }


def _record(page: OrganisationPage, terms: dict[str, list[dict]], language: str) -> dict:
    entry = page.entry
    return {
        "id": str(entry.key),
        "name": page.text.title,
        "summary": page.text.summary or None,
        "text_language": page.text.language,
        "short_name": page.short_name or None,
        "legal_name": page.legal_name or None,
        "legal_form": page.legal_form or None,
        "founded": page.founded,
        "url": absolute(page, language),
        "contact_url": settings.BASE_URL + reverse("organisations:message", args=[entry.key]),
        "website": page.website or None,
        "social_media": [link.url for link in page.social_links.all()],
        "phone": entry.phone or None,
        "precision": entry.precision,
        "street": entry.street or None,
        "postal_code": entry.postal_code or None,
        "place": entry.place or None,
        "municipality": entry.municipality or None,
        "state": entry.state or None,
        "state_name": entry.get_state_display() or None,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "networks": terms[NETWORK],
        "services": terms[SERVICE],
        "target_groups": terms[GROUP],
        "tasks": terms[TASK],
        "languages": [_spoken(spoken, language) for spoken in page.spoken_languages.all()],
        "opening_hours": [_hours(hours) for hours in page.opening_hours.all()],
        "step_free": page.step_free or None,
        "accessibility_note": page.accessibility_note or None,
        "status": page.status,
        "sample": page.is_sample,
        "confirmed_on": entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        "changed_at": entry.changed_at.isoformat().replace("+00:00", "Z"),
    }


def _spoken(spoken, language: str) -> dict:
    name = language_name(spoken.language, language)
    return {"code": spoken.language, "name": name, "mode": spoken.mode, "note": spoken.note or None}


def _hours(hours) -> dict:
    opens, closes = (f"{time:%H:%M}" for time in (hours.opens, hours.closes))
    return {"weekday": hours.weekday, "opens": opens, "closes": closes, "note": hours.note or None}


def removed(key) -> dict:
    """What is told of an organisation that is not, or no longer, in the answer."""
    return {"id": str(key), "removed": True}
