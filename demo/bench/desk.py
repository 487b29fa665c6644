"""A large desk for measuring the board: many pages of some fifteen texts each, most of them translated into all languages.

Written table by table: through the admin it would take hours.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from itertools import batched
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.many_pages import insert_pages
from home.models import ContentPage, HomePage

PARAGRAPHS = 13
BATCH = 250
# Of ten pages in each language …
MISSING, STARTED, OUTDATED, GAPS = {0}, {1}, {2}, {3}
PARTLY = STARTED | OUTDATED | GAPS


def fill(count: int, translated: bool = True) -> Page:
    """Below a page of its own, which is returned."""
    root = HomePage.objects.get(locale__language_code=SOURCE_LANGUAGE)
    name = "desk" if translated else "requests"
    top = root.add_child(instance=ContentPage(title=f"Bench {name}", slug=f"bench-{name}"))
    for numbers in batched(range(count), BATCH):
        with transaction.atomic():
            pages = [_page(top, name, number) for number in numbers]
            insert_pages(pages)
            if translated:
                _translate(pages)
    Page.objects.filter(pk=top.pk).update(numchild=count)
    return top


def _page(top: Page, name: str, number: int) -> ContentPage:
    paragraphs = "".join(f"<p>Absatz {part} der Seite {name} {number}.</p>" for part in range(PARAGRAPHS))
    page = ContentPage(
        title=f"Seite {name} {number}", slug=f"seite-{number}", summary=f"Worum es auf Seite {name} {number} geht."
    )
    page.body = [("text", paragraphs)]
    # The same in every run: translations hang on it.
    page.body.raw_data[0]["id"] = str(uuid5(NAMESPACE_URL, f"{name}/{number}"))
    page.locale_id = top.locale_id
    return _placed(page, top, number)


def _placed(page: ContentPage, top: Page, number: int) -> ContentPage:
    page.content_type, page.draft_title, now = _kind(), page.title, timezone.now()
    page.first_published_at = page.last_published_at = now - timedelta(days=number % 100)
    page.depth, page.path = top.depth + 1, Page._get_path(top.path, top.depth + 1, number + 1)
    page.url_path = f"{top.url_path}{page.slug}/"
    return page


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(ContentPage)


def _translate(pages: list[ContentPage]) -> None:
    sources = _sources(pages)
    segments = _segments(sources, pages)
    for locale in targets():
        _translate_into(locale, pages, sources, segments)


def targets() -> Iterable[Locale]:
    return Locale.objects.exclude(language_code__in=[SOURCE_LANGUAGE, EASY_LANGUAGE]).order_by("pk")


def _sources(pages: list[ContentPage]) -> list[TranslationSource]:
    general = ContentType.objects.get_for_model(Page)
    TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=page.translation_key, content_type=general) for page in pages
    )
    return TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=page.translation_key,
            specific_content_type=_kind(),
            locale_id=page.locale_id,
            object_repr=page.title,
            content_json=json.dumps(page.serializable_data(), cls=DjangoJSONEncoder),
            last_updated_at=page.last_published_at,
        )
        for page in pages
    )


def _segments(sources: list[TranslationSource], pages: list[ContentPage]) -> list[list[StringSegment]]:
    """The segments of each page, as wagtail-localize would find them."""
    strings, templates = [], []
    contexts: dict[tuple[UUID, str], TranslationContext] = {}
    for source, page in zip(sources, pages, strict=True):
        for value in extract_segments(page):
            key = (source.object_id, value.path)
            contexts.setdefault(key, _context(source, value.path))
            if isinstance(value, StringSegmentValue):
                strings.append((source, value, _string(source, value)))
            elif isinstance(value, TemplateSegmentValue):
                templates.append((source, value))
    TranslationContext.objects.bulk_create(contexts.values())
    String.objects.bulk_create(string for _source, _value, string in strings)
    rows = StringSegment.objects.bulk_create(
        StringSegment(
            source=source,
            context=contexts[source.object_id, value.path],
            order=value.order,
            string=string,
            attrs=json.dumps(value.attrs, cls=DjangoJSONEncoder),
        )
        for source, value, string in strings
    )
    TemplateSegment.objects.bulk_create(
        TemplateSegment(
            source=source,
            context=contexts[source.object_id, value.path],
            order=value.order,
            template_id=_template(value.format, value.template, value.string_count),
        )
        for source, value in templates
    )
    found = {source.pk: [] for source in sources}
    for row in rows:
        found[row.source_id].append(row)
    return list(found.values())


def _context(source: TranslationSource, path: str) -> TranslationContext:
    parts = path.split(".")
    field_path = path if len(parts) == 1 else f"{parts[0]}.text"
    return TranslationContext(
        object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path), field_path=field_path
    )


def _string(source: TranslationSource, value: StringSegmentValue) -> String:
    data = value.string.data
    return String(locale_id=source.locale_id, data=data, data_hash=String._get_data_hash(data))


@cache
def _template(kind: str, text: str, count: int) -> int:
    return Template.from_value(TemplateSegmentValue("", kind, text, count)).pk


def _translate_into(locale: Locale, pages, sources, segments) -> None:
    """Every tenth page is missing, is being worked on, became outdated, or went public with gaps."""
    top = _top(pages[0], locale)
    translated = [
        (number, page, source, rows)
        for number, (page, source, rows) in enumerate(zip(pages, sources, segments, strict=True))
        if (number + locale.pk) % 10 not in MISSING
    ]
    copies = [_copy(page, locale, top, (number + locale.pk) % 10) for number, page, _source, _rows in translated]
    insert_pages(copies)
    Translation.objects.bulk_create(
        Translation(source=source, target_locale=locale) for _number, _page, source, _rows in translated
    )
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=row.string_id,
            context_id=row.context_id,
            locale=locale,
            data=f"{locale.language_code} {row.string.data}",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for number, _page, _source, rows in translated
        for row in (rows[2:] if (number + locale.pk) % 10 in PARTLY else rows)
    )
    StringTranslation.objects.filter(
        locale=locale, context__object_id__in=[page.translation_key for page in pages]
    ).update(updated_at=F("created_at") - timedelta(days=365))


def _top(page: ContentPage, locale: Locale) -> Page:
    german = page.get_parent()
    return german.get_translation_or_none(locale) or german.specific.copy_for_translation(
        locale, copy_parents=True, alias=True
    )


def _copy(page: ContentPage, locale: Locale, top: Page, tenth: int) -> ContentPage:
    copy = ContentPage(title=f"{locale.language_code} {page.title}", slug=page.slug, summary=page.summary)
    copy.body, copy.translation_key, copy.locale_id = page.body, page.translation_key, locale.pk
    copy.live = tenth not in STARTED
    _placed(copy, top, int(page.slug.rpartition("-")[2]))
    if tenth in OUTDATED:
        copy.last_published_at = page.last_published_at - timedelta(days=30)
    elif tenth not in STARTED:
        copy.last_published_at = timezone.now()
    return copy
