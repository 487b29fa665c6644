"""A file that somebody sent: read, sorted by page, and taken over at once or, if it is large, by the task worker."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translations import jobs
from translations.exchange import decoding, po, xliff
from translations.exchange.entries import Entry, Part, RefusedFile
from translations.exchange.taking_over import Taking
from translations.models import Job, TextFile, TextFilePart
from translations.rights import is_locked, may_change

AT_ONCE = 300  # entries that are taken over while the user waits
MOST = 50_000
KIND = "take over translations"


def read(uploads: list) -> list[Part]:
    parts: list[Part] = []
    for text in decoding.read(uploads):
        parts += xliff.parse(text) if text.lstrip().startswith("<") else [po.parse(text)]
    if sum(len(part.entries) for part in parts) > MOST:
        raise RefusedFile(_("More than %(count)s entries at once are not taken. Send smaller parts.") % {"count": MOST})
    return parts


def store(uploads: list, user, only: Translation | None = None) -> TextFile:
    """The file with one row per page. With `only`, it must speak of this translation and no other."""
    parts = read(uploads)
    if only and any(part.uuid != only.uuid for part in parts):
        raise RefusedFile(_("The file belongs to another page or another language."))
    uuids = [part.uuid for part in parts if part.uuid]
    known = {
        translation.uuid: translation
        for translation in Translation.objects.filter(uuid__in=uuids).select_related("source", "target_locale")
    }
    own = {uuid: found for uuid, found in known.items() if _problem(found, user) != _unknown()}
    if not own:
        raise RefusedFile(_unknown())
    with transaction.atomic():
        file = TextFile.objects.create(names=_names(uploads), created_by=user)
        TextFilePart.objects.bulk_create(
            TextFilePart(
                file=file,
                number=number,
                translation=own.get(part.uuid),
                title=_title(own.get(part.uuid)),
                entries=[entry.as_dict() for entry in part.entries],
                tool_name=part.tool[:255],
                made_at=part.made_at,
            )
            for number, part in enumerate(parts, start=1)
        )
    return file


def take_over(file: TextFile, user) -> Job | None:
    """All of it in one transaction; a large file page by page, each in a transaction of its own."""
    parts = list(file.parts.filter(done_at=None))
    if sum(len(part.entries) for part in parts) > AT_ONCE:
        items = [{"title": part.title, "part": part.pk} for part in parts]
        return jobs.start(KIND, items, user, _("Take over %(file)s") % {"file": file.names[:200]})
    with transaction.atomic():
        for part in parts:
            take_part(part, user)
    return None


@jobs.kind(KIND)
def step(item: dict, user) -> str | None:
    part = TextFilePart.objects.filter(pk=item["part"], done_at=None).first()
    return take_part(part, user) if part else None


def take_part(part: TextFilePart, user) -> str:
    """What kept the whole part from being taken over, if anything did."""
    part.problem = _problem(part.translation, user)
    if not part.problem:
        taking = Taking(part.translation, user, tool=part.tool_name, made_at=part.made_at)
        report = taking.take([Entry(**entry) for entry in part.entries])
        part.counts, part.rows = dict(report.counts), report.rows
    part.entries, part.done_at = [], timezone.now()
    part.save()
    return part.problem


def _problem(translation: Translation | None, user) -> str:
    try:
        target = translation.get_target_instance() if translation else None
    except ObjectDoesNotExist:
        target = None
    if target is None or not translation.enabled or not may_change(user, target):
        return _unknown()
    if is_locked(user, target):
        return _("The page is locked, for example because it is being reviewed.")
    return ""


def _unknown() -> str:
    """The same for what does not exist and for what is not one's own."""
    return _("The file belongs to a page or a language that is not yours, or that no longer exists.")


def _title(translation: Translation | None) -> str:
    if translation is None:
        return _("Unknown page")
    return f"{translation.source.object_repr} · {translation.target_locale.get_display_name()}"[:255]


def _names(uploads: list) -> str:
    return ", ".join(str(upload.name).replace("\0", "") for upload in uploads)[:500] or "?"
