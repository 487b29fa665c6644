"""What organisations propose, and what becomes of it. Nothing goes live before somebody has accepted it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from organisations.facts import change_facts
from organisations.models import OfficeRecord, OrganisationPage, Proposal
from organisations.upkeep import links, mails, photos
from organisations.upkeep.record import confirm, locked_record, save_and_release
from organisations.upkeep.values import LABELS, NEEDING_CONSENT, OF_RECORD, as_text, current, of_page

KEPT_FOR = timedelta(days=730)
CONSENT = "consent"  # beside the proposed values: what was agreed to, for the office's record


class AlreadyDecidedError(Exception):
    """Somebody was faster, or the organisation has sent something newer instead."""


class Difference(NamedTuple):
    name: str
    label: str
    old: str
    new: str


def waiting(page: OrganisationPage) -> Proposal | None:
    return Proposal.objects.filter(organisation=page, decided_at=None).first()


@transaction.atomic
def propose(
    page: OrganisationPage,
    values: dict[str, Any],
    *,
    kind: str = Proposal.CHANGE,
    message: str = "",
    photo: bytes = b"",
    photo_consent: str = "",
) -> Proposal:
    """Takes the place of what the organisation proposed before, as a new row: nobody decides on what they did not see."""
    locked_record(page)
    Proposal.objects.filter(organisation=page, decided_at=None).delete()
    proposal = Proposal.objects.create(
        organisation=page, kind=kind, values=values, message=message, photo_file=photo, photo_consent=photo_consent
    )
    names = [name for name in values if name in LABELS]
    action = "organisations.reported_closed" if kind == Proposal.CLOSED else "organisations.proposed"
    log(page, action, data={"fields": names})
    mails.tell_proposed(page, proposal)
    return proposal


def propose_closed(page: OrganisationPage, message: str = "") -> Proposal:
    return propose(page, {"status": OrganisationPage.CLOSED}, kind=Proposal.CLOSED, message=message)


def forget_old() -> int:
    """Delete what was decided two years ago; returns how many. The history of the page keeps what was accepted."""
    return Proposal.objects.filter(decided_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def differences(proposal: Proposal) -> list[Difference]:
    """What would change now, in the active language: a value that has become true in the meantime is no difference."""
    page = proposal.organisation
    before, wanted = current(page), proposal.values
    names = [name for name in LABELS if name in wanted and (name == "photo" or before.get(name) != wanted[name])]
    return [
        Difference(name, str(LABELS[name]), _old(page, before, name), as_text(name, wanted[name])) for name in names
    ]


def _old(page: OrganisationPage, before: dict[str, Any], name: str) -> str:
    if name == "photo":
        return page.listing_image.description if page.listing_image else ""
    return as_text(name, before[name]) if name in before else gettext("Text with formatting or pictures")


@transaction.atomic
def decide(proposal: Proposal, accepted_fields: Iterable[str], user=None, answer: str = "") -> Proposal:
    """Accept these fields of a proposal and refuse the others; the organisation is told in its language.

    AlreadyDecidedError where it no longer waits, PermissionDenied, ValidationError where a value can no longer be.
    """
    page = OrganisationPage.objects.get(pk=proposal.organisation_id)
    if user is not None and not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    record = locked_record(page)
    found = Proposal.objects.select_for_update().filter(pk=proposal.pk, decided_at=None).first()
    if found is None:
        raise AlreadyDecidedError
    wanted, names = {*accepted_fields}, [name for name in LABELS if name in found.values]
    accepted = [name for name in names if name in wanted]
    mailbox = OfficeRecord(email=record.email, language=record.language)  # whoever sent it reads there
    if accepted:
        _apply(found, page, record, accepted, user)
    found.accepted, found.answer = accepted, answer
    found.decided_at, found.decided_by = timezone.now(), user
    found.photo_file = b""
    found.save()
    data = {"accepted": accepted, "refused": [name for name in names if name not in wanted]}
    if accepted:
        confirm(page, user, "organisations.decided", data)
    else:
        log(page, "organisations.decided", user=user, data=data)
    told = {part: [LABELS[name] for name in names] for part, names in data.items()}
    mails.tell_decision(page, mailbox, told | {"answer": answer})
    return found


def _apply(proposal: Proposal, page: OrganisationPage, record: OfficeRecord, accepted: list[str], user) -> None:
    before = current(page)
    values = {name: proposal.values[name] for name in accepted if before.get(name) != proposal.values[name]}
    _apply_to_record(page, record, values, proposal.values.get(CONSENT, ""))
    facts = of_page(values)
    if "photo" in values and proposal.photo_file:
        proposal.photo = facts["listing_image"] = photos.accept(proposal, page, user)
    if facts:
        change_facts(page, facts, user)
    if values.get("status") == OrganisationPage.CLOSED or "email" in values:
        links.revoke(page, user)  # those in a mailbox that is no longer theirs


def _apply_to_record(page: OrganisationPage, record: OfficeRecord, values: dict[str, Any], consent: str) -> None:
    names = [name for name in OF_RECORD if name in values]
    if not names:
        return
    if "place" in names:
        record.municipality = values["place"] if record.municipality == record.place else ""
    if {"street", "postal_code", "place"}.intersection(names):
        record.latitude = record.longitude = None  # of the old address
    for name in names:
        setattr(record, name, values[name])
    releases = NEEDING_CONSENT.intersection(names)
    if consent and releases:
        record.consent = consent
    record.clean_fields(exclude=[field.name for field in record._meta.fields if field.name not in names])
    if releases and record.needs_consent and not record.consent:
        raise ValidationError(
            _("Nobody has agreed yet that this is public. Please refuse it, or note the consent first.")
        )
    save_and_release(page, record, {*names, "municipality", "latitude", "longitude", "consent"})
