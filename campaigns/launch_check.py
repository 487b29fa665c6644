"""In which languages people can take part in a campaign or get the newsletter: where its page is live and none of its texts is missing.

As the site shows it now; what waits in a draft counts once it is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages import LANGUAGE_NAMES
from translations.plain_text import blanks

CHECKED = ("campaigns.CampaignPage", "campaigns.NewsletterPage")


@dataclass(frozen=True)
class Readiness:
    """`missing` holds the labels of fields, and is None where there is no live translation."""

    code: str
    name: str
    missing: list[str] | None

    @property
    def is_ready(self) -> bool:
        return self.missing == []


def check(campaign) -> list[Readiness]:
    """Of the German page `campaign`, in the order of the languages."""
    pages = {page.text_language: page for page in versions(campaign)}
    return [
        Readiness(code, name, _missing(pages[code]) if code in pages else None) for code, name in LANGUAGE_NAMES.items()
    ]


def versions(campaign) -> list:
    """The live pages of `campaign` in all languages, which share its facts."""
    pages = type(campaign).objects.live().filter(translation_key=campaign.translation_key, alias_of=None)
    pages = [*pages.defer_streamfields().select_related("provenance")]
    for page in pages:
        page.source = campaign
    return pages


def unsaid(page, names: Iterable[str]) -> list[str]:
    """Those of the fields in which the page says nothing in its language: empty, or German where nobody has translated."""
    german = _german_passages(page)
    return [name for name in names if not (words := blanks(getattr(page, name))) or words in german]


def _german_passages(page) -> set[str]:
    """Those that a lead let through for the time being. Nobody agrees to a text that they cannot read."""
    if page.source.pk == page.pk:
        return set()
    return {*getattr(getattr(page, "provenance", None), "gaps", ())}


def tell(request: HttpRequest, page: Page) -> None:
    """An `after_publish_page` hook: whoever publishes such a page reads at once where it is offered and where not."""
    if page.specific_class._meta.label not in CHECKED or getattr(page.specific, "is_archived", False):
        return
    languages = check(page.specific_class.objects.get(pk=page.specific.source.pk))
    ready = [language.name for language in languages if language.is_ready]
    if ready:
        messages.success(request, _("People can take part in: %(languages)s.") % {"languages": ", ".join(ready)})
    else:
        messages.warning(request, _("Nobody can take part yet, in no language."))
    for language in languages:
        if language.missing:
            texts = {"language": language.name, "missing": ", ".join(language.missing)}
            messages.warning(
                request, _("Nobody can take part in %(language)s, because this is missing: %(missing)s.") % texts
            )


def _missing(page) -> list[str]:
    labels = [str(page._meta.get_field(name).verbose_name) for name in page.lacking]
    return labels + ([str(_("newsletter"))] if _waits_for_the_newsletter(page) else [])


def _waits_for_the_newsletter(page) -> bool:
    from campaigns.newsletter.offer import page_in  # models import this module

    return getattr(page.facts, "action", "") == "newsletter" and page_in(page.text_language) is None
