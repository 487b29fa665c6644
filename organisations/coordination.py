"""What coordinators do for many organisations at once: confirm by phone, send the link. Twice is as good as once.

Rights are the caller's business (`organisations.rights`).
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisations.models import OrganisationPage, ProfileLink
from organisations.upkeep.links import send_link
from organisations.upkeep.record import confirm, locked_record

BY_PHONE = "organisations.confirmed_by_phone"
PAUSE = timedelta(days=1)


@transaction.atomic
def confirm_by_phone(page: OrganisationPage, user) -> bool:
    """False where it is confirmed today already."""
    if locked_record(page).confirmed_on == timezone.localdate():
        return False
    confirm(page, user, action=BY_PHONE)
    return True


@transaction.atomic
def remind(page: OrganisationPage, user) -> bool:
    """False where a link is on its way already, or there is no mailbox. Who asks at the same moment waits here."""
    locked_record(page)
    return not sent_lately([page]) and send_link(page, ProfileLink.BY_COORDINATOR, user)


def sent_lately(pages: Iterable[OrganisationPage]) -> set[int]:
    """Keys of those a coordinator sent a link that still waits to be used."""
    links = ProfileLink.objects.filter(
        organisation__in=[page.pk for page in pages],
        reason=ProfileLink.BY_COORDINATOR,
        created_at__gt=timezone.now() - PAUSE,
        used_at=None,
        revoked_at=None,
    )
    return {*links.values_list("organisation_id", flat=True)}
