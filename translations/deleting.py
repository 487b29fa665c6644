"""A German page is deleted: its translations stay as drafts, with every text that was written for them.

wagtail-localize keeps texts apart from the page until it is published, and forgets the way to them with the source.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Max, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of

SHOWN = 10


@receiver(pre_delete, sender=Page)
def keep_texts(instance: Page, **kwargs) -> None:
    if language_of(instance.locale_id) != SOURCE_LANGUAGE:
        return
    translations = Translation.objects.filter(source__object_id=instance.translation_key, enabled=True)
    for translation in translations.select_related("source", "target_locale"):
        target = Page.objects.filter(
            translation_key=instance.translation_key, locale=translation.target_locale_id, alias_of=None
        ).first()
        if target and _has_newer_texts(translation, target):
            draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
            draft.save_revision(clean=False)


def _has_newer_texts(translation: Translation, target: Page) -> bool:
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    latest = texts.aggregate(Max("updated_at"))["updated_at__max"]
    return bool(latest and (target.latest_revision_created_at is None or latest > target.latest_revision_created_at))


def translated(pages: Iterable[Page]) -> dict[str, list[str]]:
    """German titles by language: what of these pages, and of all below them, is translated."""
    places = Q()
    for page in pages:
        if language_of(page.locale_id) == SOURCE_LANGUAGE and page.depth > 1:
            places |= Q(path__startswith=page.path)
    if not places:
        return {}
    titles = dict(Page.objects.filter(places).order_by("path").values_list("translation_key", "title"))
    # A subquery: of a large part of the site the keys alone would fill a page.
    keys = Page.objects.filter(places).order_by().values("translation_key")
    targets = Page.objects.filter(translation_key__in=keys, alias_of=None).exclude(
        locale__language_code=SOURCE_LANGUAGE
    )
    found = defaultdict(list)
    for key, code in targets.values_list("translation_key", "locale__language_code"):
        found[code].append(key)
    order = [*titles]
    place = {key: number for number, key in enumerate(order)}
    return {
        LANGUAGE_NAMES.get(code, code): [titles[key] for key in sorted(found[code], key=place.get)]
        for code in sorted(found, key=lambda code: [*LANGUAGE_NAMES, code].index(code))
    }


def warning(found: dict[str, list[str]]) -> str:
    """As HTML: what stays, by language. Empty where nothing is translated."""
    if not found:
        return ""
    lines = format_html_join(
        "", "<li><strong>{}</strong>: {}</li>", ((language, _some(titles)) for language, titles in found.items())
    )
    text = _(
        "There are translations. Readers will not find them any more; they stay in the CMS as drafts, and none of "
        "their text is lost:"
    )
    return format_html("<p>{}</p><ul>{}</ul>", text, lines)


def _some(titles: list[str]) -> str:
    more = _(" and %(count)s more") % {"count": len(titles) - SHOWN} if len(titles) > SHOWN else ""
    return ", ".join(titles[:SHOWN]) + more


def before_delete_page(request: HttpRequest, page: Page) -> None:
    if request.method == "GET" and (text := warning(translated([page]))):
        messages.warning(request, text)


def before_delete_snippet(request: HttpRequest, instances: Iterable) -> None:
    """Terms in other languages stay, but nothing points to them any more."""
    if request.method != "GET":
        return
    keys = [
        instance.translation_key
        for instance in instances
        if isinstance(instance, TranslatableMixin) and language_of(instance.locale_id) == SOURCE_LANGUAGE
    ]
    if keys:
        others = type(instances[0])._default_manager.filter(translation_key__in=keys)
        codes = others.exclude(locale__language_code=SOURCE_LANGUAGE).values_list("locale__language_code", flat=True)
        names = sorted({LANGUAGE_NAMES.get(code, code) for code in codes})
        if names:
            text = _("It is translated into: %(languages)s. These words stay, but no page uses them any more.")
            messages.warning(request, text % {"languages": ", ".join(names)})
