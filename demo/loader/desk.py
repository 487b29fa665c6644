"""Work that waits at the translation desk: who is to translate what until when, a question, a note of a reader."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.models import User
from demo.loader import texts
from demo.loader.references import References
from translations import comments, submitting
from translations.models import Assignment, ReaderNote

EDITOR = "redaktion"


def load_desk() -> None:
    """Once: what people have done with it since stays."""
    references, sample = References(), texts.read("desk")
    editor = User.objects.get(username=EDITOR)
    for entry in sample["work"]:
        page = Page.objects.get(pk=references.page(entry["page"])).specific
        locale = Locale.objects.get(language_code=entry["language"])
        if not Assignment.objects.filter(translation_key=page.translation_key, locale=locale).exists():
            person = User.objects.get(username=entry["person"]) if "person" in entry else None
            _assign(page, locale, person, editor, entry)
            if person:
                _begin(page, locale, person, editor, entry)
    for entry in sample["note"]:
        page = Page.objects.get(pk=references.page(entry["page"]))
        locale = Locale.objects.get(language_code=entry["language"])
        ReaderNote.objects.get_or_create(translation_key=page.translation_key, locale=locale, text=entry["text"])


def _assign(page: Page, locale: Locale, person: User | None, editor: User, entry: dict) -> None:
    """Without a mail, even where it is urgent: nobody has asked for these."""
    Assignment.objects.create(
        translation_key=page.translation_key,
        locale=locale,
        person=person,
        due=timezone.localdate() + timedelta(days=entry["due"]),
        is_urgent=entry.get("urgent", False),
        note=entry.get("note", ""),
        requested_by=editor,
    )


def _begin(page: Page, locale: Locale, person: User, editor: User, entry: dict) -> None:
    submitting.submit([page], [locale], editor)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    segments = StringSegment.objects.filter(source=translation.source).select_related("string").order_by("order")
    begun = entry.get("begun", {})
    for segment in segments:
        if segment.string.data in begun:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context_id=segment.context_id,
                locale=locale,
                defaults={"data": begun[segment.string.data], "last_translated_by": person},
            )
    place = segments[0].context_id, segments[0].string_id
    for name, author in (("question", person), ("answer", editor)):
        if name in entry:
            comments.add(translation, *place, entry[name], author)
