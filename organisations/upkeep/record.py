"""The office's record changes at once: saved, and released to the public entry."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations.models import OfficeRecord, OrganisationPage
from organisations.safety import release


def locked_record(page: OrganisationPage) -> OfficeRecord:
    """The record as it is now, held until the end of the transaction; `page` shows the same from now on."""
    record, _created = OfficeRecord.objects.select_for_update().get_or_create(organisation=page)
    page.record = record
    return record


def save_and_release(page: OrganisationPage, record: OfficeRecord, names: Iterable[str]) -> None:
    record.save(update_fields=[*names])
    release(page)


@transaction.atomic
def confirm(page: OrganisationPage, user=None, action: str = "organisations.confirmed", data: dict | None = None):
    """Somebody who must know says that the profile is right: for all languages at once, since facts live once.

    The next round of reminders begins when the term is over. `action` and `data` are what the history says.
    """
    record = locked_record(page)
    record.confirmed_on = timezone.localdate()
    record.asked_on, record.times_asked = None, 0
    save_and_release(page, record, ["confirmed_on", "asked_on", "times_asked"])
    log(page, action, user=user, data=data)
