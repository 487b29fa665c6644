"""Mails about a profile. They go to mailboxes the office has noted, and carry no word that a stranger typed."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from core.addresses import absolute
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE, direction
from core.models import User
from organisations.models import OfficeRecord, OrganisationPage, ProfileLink, Proposal
from organisations.upkeep import people

# No out-of-office replies, please (RFC 3834).
HEADERS = {"Auto-Submitted": "auto-generated"}


def send_link(page: OrganisationPage, record: OfficeRecord, link: ProfileLink, address: str) -> None:
    """To the organisation: is all of this still right?"""
    with override(record.language):
        subject = gettext("Please check: is your profile still right?")
    context = {"link": link, "address": address, "profile": absolute(page, record.language), "entry": page.entry}
    _send(
        "link", record.email, record.language, subject, {"page": page, "again": link.reason == link.REMINDER} | context
    )


def tell_decision(page: OrganisationPage, record: OfficeRecord, decision: dict) -> None:
    """To the organisation: what of its proposal was accepted (`accepted`, `refused`: lists of labels; `answer`)."""
    if record.email:
        with override(record.language):
            subject = gettext("Your changes to your profile")
        context = {"page": page, "profile": absolute(page, record.language), **decision}
        _send("decision", record.email, record.language, subject, context)


def tell_proposed(page: OrganisationPage, proposal: Proposal) -> None:
    """To the coordinators: something waits for you."""
    edit = settings.BASE_URL + reverse("organisations_admin:proposal", args=[proposal.pk])
    for user in _in_charge(page):
        with override(people.admin_language(user)):
            subject = gettext("A change of a profile waits for you")
        _to_staff("proposed", user, subject, {"page": page, "kind": proposal.kind, "edit": edit})


def tell_hidden(page: OrganisationPage, what: str, user: User | None) -> None:
    """To the coordinators: this is no longer public. Whoever did it knows."""
    for told in _in_charge(page):
        if user is None or told.pk != user.pk:
            with override(people.admin_language(told)):
                subject = (
                    gettext("Contact details were hidden") if what == "contact" else gettext("A profile was hidden")
                )
            _to_staff(
                "hidden",
                told,
                subject,
                {"page": page, "what": what, "by_staff": user is not None, "edit": edit_address(page)},
            )


def tell_unanswered(user: User, pages: Sequence[OrganisationPage], *, to_office: bool) -> None:
    """To a coordinator or the office: these have not answered."""
    with override(people.admin_language(user)):
        subject = gettext("Profiles that nobody confirms")
    _to_staff("unanswered", user, subject, {"rows": _rows(pages), "to_office": to_office})


def _in_charge(page: OrganisationPage) -> Iterable[User]:
    return people.coordinators(people.network_of(page)) or people.office()


def _rows(pages: Sequence[OrganisationPage]) -> list[dict]:
    return [{"page": page, "edit": edit_address(page), "has_email": bool(page.record.email)} for page in pages]


def edit_address(page: OrganisationPage) -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def _to_staff(name: str, user: User, subject: str, context: dict) -> None:
    _send(name, user.email, people.admin_language(user), subject, context)


def _send(name: str, to: str, language: str, subject: str, context: dict) -> None:
    language = language if language in LANGUAGE_NAMES else SOURCE_LANGUAGE
    context = {**context, "language": language, "dir": direction(language), "subject": subject}
    with override(language):
        text = render_to_string(f"organisations/upkeep/mails/{name}.txt", context)
        html = render_to_string(f"organisations/upkeep/mails/{name}.html", context)
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to], headers=HEADERS)
    mail.attach_alternative(html, "text/html")
    mail.send()
