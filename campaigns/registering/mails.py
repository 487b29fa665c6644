"""Mails to those who register, in their language. The join link of an online event stands in those of the registered."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from campaigns.events.calendar import place
from campaigns.models import EventPage, Registration
from campaigns.opt_in import mails
from campaigns.opt_in.mails import Mail
from campaigns.registering import invitation
from core.addresses import absolute


def ask(registration: Registration, address: str) -> Mail:
    """Was that you?"""
    return _mail("ask", registration, _("Please confirm your registration"), address)


def known(registration: Registration, address: str) -> Mail:
    """Somebody registered with an address that is registered already."""
    return _mail("known", registration, _("You are registered already"), address)


def seated(registration: Registration, address: str) -> Mail:
    return _with_calendar(_mail("seated", registration, _("Your place is booked"), address), registration)


def waiting(registration: Registration, address: str) -> Mail:
    return _mail("waiting", registration, _("You are on the waiting list"), address)


def moved_up(registration: Registration, address: str) -> Mail:
    return _with_calendar(_mail("moved_up", registration, _("A place has become free for you"), address), registration)


def changed(registration: Registration, address: str, before: datetime | None) -> Mail:
    """`before` is the beginning they know of."""
    mail = _mail("changed", registration, _("Changed: time or place of your event"), address, before=before)
    return _with_calendar(mail, registration) if registration.seated_at else mail


def called_off(registration: Registration, address: str, before: datetime | None) -> Mail:
    version = in_language(registration) or registration.date.event
    reason = version.cancellation_reason if registration.date.event.is_cancelled else ""
    mail = _mail("called_off", registration, _("Cancelled: your event does not take place"), address, reason=reason)
    return _with_calendar(mail, registration) if registration.seated_at else mail


def reminder(registration: Registration, address: str) -> Mail:
    return _with_calendar(_mail("reminder", registration, _("Reminder: your event"), address), registration)


def _mail(name: str, registration: Registration, subject: str, address: str, **more) -> Mail:
    date = registration.date
    context = {
        "title": title(registration),
        "place": place(date.event),
        "page": absolute(date.event, registration.language),
        "address": address,
        "date": date,
        "event": date.event,
        "people": registration.people,
        "join": date.event.online_url if registration.seated_at else "",
        **more,
    }
    return mails.mail(
        f"campaigns/mails/registration_{name}", subject, registration.email, registration.language, context
    )


def _with_calendar(mail: Mail, registration: Registration) -> Mail:
    """Calendar programs offer to put it in, or to change what they have of it."""
    mail.message.attach("termin.ics", invitation.calendar(registration, title(registration)), invitation.KIND)
    return mail


def title(registration: Registration) -> str:
    """Of the event, in the language of the guest where there is one."""
    translation = in_language(registration)
    return translation.title if translation else registration.date.event.title


def in_language(registration: Registration) -> EventPage | None:
    event = registration.date.event
    pages = EventPage.objects.live().filter(translation_key=event.translation_key, alias_of=None)
    return pages.filter(locale__language_code=registration.language).only("title", "cancellation_reason").first()
