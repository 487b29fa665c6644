"""Registering, confirming, cancelling. Each in one transaction; whoever comes second finds it done.

What is not confirmed holds no place: nobody can fill an event with addresses of others, and a place is taken when the
person behind the address presses the button. Then they have it, or are on the waiting list, or are told that the last
one has just been taken.

The answer to a form is the same for a new address, a known one and one that wants no mail from us: each way asks the
database about as much, prepares a mail, and leads to the same page.
"""

from django.db import transaction
from django.utils import timezone

from campaigns.models import DayFigures, EventDate, Registration
from campaigns.opt_in.keeping_out import is_kept_out, keep_out
from campaigns.opt_in.pacing import may_ask_again, may_be_written_to
from campaigns.registering import links, mails, seats, telling
from campaigns.registering.form import RegistrationForm
from core.email_addresses import normalised

# What confirming has led to.
SEATED, WAITING, FULL, OVER, GONE = "seated", "waiting", "full", "over", "gone"


@transaction.atomic
def register(date: EventDate, form: RegistrationForm, language: str) -> None:
    """Keep what the valid `form` says and ask by mail whether it is true."""
    values = form.values() | {"language": language}
    address = values["email"]
    registration = _keep(date, values)
    if registration is None:
        register(date, form, language)
        return
    write = mails.known if registration.confirmed_at else mails.ask
    mail = write(registration, links.make(registration))
    if is_kept_out(date.event, address):
        mail.prepared()
        transaction.set_rollback(True)  # all the same work, of which nothing stays
    elif may_be_written_to(address, _form(date)):
        mail.send()


def _keep(date: EventDate, values: dict) -> Registration | None:
    """A new row, or what was said last in one that is not confirmed. What is confirmed only its owner changes.

    None where it was taken back at the same moment.
    """
    key = normalised(values["email"])
    registration, created = Registration.objects.get_or_create(date=date, email_key=key, defaults=values)
    if created:
        return registration
    # Of many posts at once the others wait here, and then find that the mail has been sent.
    registration = Registration.objects.select_for_update().filter(pk=registration.pk).first()
    if registration:
        registration.date = date
        if not registration.confirmed_at:
            for name, value in (values | {"requested_at": timezone.now()}).items():
                setattr(registration, name, value)
            registration.save()
    return registration


@transaction.atomic
def confirm(registration: Registration) -> str:
    date = seats.lock(registration.date_id)
    row = _locked(registration, date)
    if row is None:
        return GONE
    if row.confirmed_at:
        return SEATED if row.seated_at else WAITING
    if not takes_confirmations(date):
        return OVER
    row.confirmed_at = timezone.now()
    seats.move_up(date)  # nobody passes those who wait, also where there have been more places for a minute only
    has_place = seats.give(date, row)
    if not has_place and not date.event.has_waiting_list:
        return FULL
    telling.note(row, date)
    row.save(update_fields=["confirmed_at", *telling.NOTED])
    DayFigures.count(date.event_id, row.language, "confirmed")
    write = mails.seated if has_place else mails.waiting
    write(row, links.make(row)).send()
    return SEATED if has_place else WAITING


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Deletes everything and frees the places at once; False where it had gone already."""
    date = seats.lock(registration.date_id)
    row = _locked(registration, date)
    if row is None:
        return False
    seats.free(date, row)
    may_ask_again(row.email, _form(date))
    if row.confirmed_at:
        DayFigures.count(date.event_id, row.language, "withdrawn")
    row.delete()
    seats.move_up(date)
    return True


@transaction.atomic
def take_back(registration: Registration) -> None:
    """ "That was not me": cancels, and keeps the address from getting further mail of this event."""
    if cancel(registration):
        keep_out(registration.date.event, registration.email)


def takes_confirmations(date: EventDate) -> bool:
    """Until the event begins, also after the form has closed: who sent it in time has time for the mail."""
    event = date.event
    return event.live and event.registers_here and not date.is_cancelled and date.starts_at > timezone.now()


def _form(date: EventDate) -> str:
    return f"event date {date.pk}"


def _locked(registration: Registration, date: EventDate) -> Registration | None:
    row = Registration.objects.select_for_update().filter(pk=registration.pk).first()
    if row:
        row.date = date
    return row
