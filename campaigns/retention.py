"""When whoever took part is deleted: see docs/data-protection.md and core.retention."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, RestrictedError
from django.utils import timezone

from campaigns.desk.exporting import delete_unnamed_files, forget_files
from campaigns.models import ConsentText, DayFigures, Departure, Export, MailSent, SignUp
from campaigns.models.opt_in import OptIn
from core.retention import BATCH, LATENESS

UNCONFIRMED = timedelta(days=7) - LATENESS
# Half a year has at least 181 days, two years have 730; one day earlier for the same reason as above.
AFTER_HAND_OVER = timedelta(days=180)
AFTER_END = timedelta(days=729)  # of a campaign that nobody ever handed over
EXPORT_FILES = timedelta(days=1)
EXPORT_LOG = timedelta(days=730)
DEPARTURES = timedelta(days=730)


def never_confirmed(model: type[OptIn]) -> QuerySet:
    return model.objects.pending().filter(requested_at__lt=timezone.now() - UNCONFIRMED)


def forget_unconfirmed(model: type[OptIn], page: str | None) -> int:
    """Counted by day, so that figures still show how many never pressed the button.

    `page` leads to the page with the form; None for the newsletter.
    """
    deleted = 0
    while keys := [*never_confirmed(model).values_list("pk", flat=True)[:BATCH]]:
        with transaction.atomic():
            rows = model.objects.pending().filter(pk__in=keys).select_for_update()
            found = [*(rows.values_list(page, "language") if page else ((None, row.language) for row in rows))]
            for (page_id, language), number in Counter(found).items():
                DayFigures.count(page_id, language, "lapsed", number)
            model.objects.pending().filter(pk__in=keys).delete()
        deleted += len(found)
    return deleted


def done_sign_ups() -> QuerySet[SignUp]:
    """Numbers stay what they were: a tally does not shrink because signatures have done their work."""
    return SignUp.objects.filter(over(timezone.localdate(), "campaign__"))


def over(today, prefix: str = "") -> Q:
    """Campaigns whose signatures have done their work."""
    handed_over, ended = f"{prefix}handed_over_on", f"{prefix}ends_on"
    return Q(**{f"{handed_over}__lte": today - AFTER_HAND_OVER}) | Q(
        **{handed_over: None, f"{ended}__lte": today - AFTER_END}
    )


def useless_links(link: type) -> QuerySet:
    return link.objects.filter(expires_at__lt=timezone.now() - UNCONFIRMED, owner__confirmed_at=None)


def old_mail_marks() -> QuerySet[MailSent]:
    return MailSent.objects.filter(sent_at__lt=timezone.now() - timedelta(days=1))


def forget_consent_texts() -> int:
    """Texts that nobody who is kept has agreed to. A form that still shows one brings it back."""
    unused = ConsentText.objects.filter(created_at__lt=timezone.now() - UNCONFIRMED)
    for relation in ConsentText._meta.related_objects:
        unused = unused.filter(**{relation.name: None})
    deleted = 0
    for text in unused:
        try:
            deleted += text.delete()[0]
        except RestrictedError:  # somebody has agreed to it at this moment
            continue
    return deleted


def forget_export_files() -> int:
    before = timezone.now() - EXPORT_FILES
    old = Export.objects.filter(created_at__lt=before)
    old.filter(state=Export.RUNNING).update(state=Export.FAILED, question="", lease_until=None)
    delete_unnamed_files(before)
    return forget_files(old)


def old_departures() -> QuerySet[Departure]:
    return Departure.objects.filter(left_at__lt=timezone.now() - DEPARTURES)


def old_exports() -> QuerySet[Export]:
    return Export.objects.filter(created_at__lt=timezone.now() - EXPORT_LOG)
