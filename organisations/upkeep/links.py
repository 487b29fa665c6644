"""Links to a profile for whoever reads the organisation's mailbox: sent, found, used once, revoked.

What a token is: see core.tokens.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from core.tokens import Tokens
from organisations.models import DirectoryEntry, OfficeRecord, OrganisationPage, ProfileLink
from organisations.upkeep import mails

LIFETIME = timedelta(days=30)

# What a link can be used for, as `ProfileLink.used_for` keeps it and the address of the last page says it.
CONFIRM, CHANGE, CLOSE, HIDE_CONTACT, HIDE_PROFILE = "confirm", "change", "close", "hide-contact", "hide-profile"

# Why a link cannot be used.
DAMAGED, UNKNOWN, OTHER, EXPIRED, USED, REVOKED, GONE, HIDDEN = (
    "damaged",
    "unknown",
    "other",
    "expired",
    "used",
    "revoked",
    "gone",
    "hidden",
)

_tokens = Tokens("organisations.upkeep.links")


@dataclass
class Found:
    """What a link leads to. `refusal` says why it cannot be used; then the rest is there as far as it is known."""

    refusal: str = ""
    page: OrganisationPage | None = None
    link: ProfileLink | None = None


def make(page: OrganisationPage, reason: str) -> tuple[ProfileLink, str]:
    """A new link and its token, which exists nowhere else."""
    token, digest = _tokens.new()
    link = ProfileLink.objects.create(
        organisation=page, token_hash=digest, reason=reason, expires_at=timezone.now() + LIFETIME
    )
    return link, token


def address(page: OrganisationPage, token: str, language: str) -> str:
    with override(language):
        return settings.BASE_URL + reverse("organisations:profile_link", args=[page.entry.key, token])


def find(key: str, token: str) -> Found:
    """Changes nothing."""
    digest, wanted = _tokens.read(token), _uuid(key)
    if digest is None or wanted is None:
        return Found(DAMAGED, page_of(wanted))
    entry = DirectoryEntry.objects.filter(key=wanted).select_related("organisation__record").first()
    if entry is None:
        return Found(UNKNOWN)
    if entry.organisation is None:
        return Found(GONE)
    link = ProfileLink.objects.filter(token_hash=digest).first()
    if link is None:
        return Found(UNKNOWN, entry.organisation)
    if link.organisation_id != entry.organisation_id:
        return Found(OTHER, entry.organisation)
    return Found(_refusal(link, entry.organisation), entry.organisation, link)


def page_of(key: uuid.UUID | str | None) -> OrganisationPage | None:
    """The public organisation of that key."""
    wanted = _uuid(str(key))
    pages = OrganisationPage.objects.filter(live=True, entry__key=wanted).select_related("entry", "record")
    return pages.first() if wanted else None


def use(link: ProfileLink, action: str) -> bool:
    """Take the link for this action; False when somebody was faster. Call in the transaction that acts."""
    now = timezone.now()
    usable = ProfileLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=now)
    return bool(usable.update(used_at=now, used_for=action))


def revoke(page: OrganisationPage, user=None) -> int:
    """All links of this organisation that could still be used; returns how many."""
    now = timezone.now()
    with transaction.atomic():
        usable = ProfileLink.objects.filter(organisation=page, used_at=None, revoked_at=None, expires_at__gt=now)
        revoked = usable.update(revoked_at=now)
        if revoked:
            log(page, "organisations.links_revoked", user=user, data={"number": revoked})
    return revoked


def send_link(page: OrganisationPage, reason: str, user=None) -> bool:
    """Mail a new link to the organisation's mailbox, in its language; False where there is no mailbox."""
    with transaction.atomic():
        record = OfficeRecord.objects.filter(organisation=page).exclude(email="").first()
        if record is None:
            return False
        link, token = make(page, reason)
        mails.send_link(page, record, link, address(page, token, record.language))
        log(page, "organisations.link_sent", user=user, data={"reason": reason})
    return True


def forget_old() -> int:
    """Delete links that have been over for a year; returns how many."""
    return ProfileLink.objects.filter(expires_at__lt=timezone.now() - timedelta(days=365)).delete()[0]


def _refusal(link: ProfileLink, page: OrganisationPage) -> str:
    if link.used_at:
        return USED
    if link.revoked_at:
        return REVOKED
    if link.expires_at <= timezone.now():
        return EXPIRED
    if page.status == OrganisationPage.CLOSED:
        return GONE
    return "" if page.live else HIDDEN


def _uuid(key: str | uuid.UUID | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(key))
    except ValueError:
        return None
