"""Invented guests of the sample events: some places are left, some events are full, and one lies behind."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from campaigns.models import ConsentText, EventDate, EventPage, Registration
from campaigns.opt_in.consent import digest
from campaigns.registering import telling
from campaigns.registering.form import usual_consent
from campaigns.registering.questions import questions
from demo.loader import texts

LANGUAGES = ("de", "ar", "de", "tr", "uk", "de", "en", "ru", "de", "pl")


@dataclass(frozen=True)
class Sample:
    """How many registrations of an event have a place, wait, and are not confirmed."""

    slug: str
    seated: int
    waiting: int = 0
    pending: int = 0


SAMPLES = [
    Sample("werkstatt-zusammenarbeit", seated=18, pending=2),
    Sample("digitale-sprechstunde", seated=12, waiting=3, pending=1),
    Sample("abend-der-verbuende", seated=31),
    Sample("fachtag-anerkennung", seated=58),
]


@transaction.atomic
def load_guests() -> None:
    """Where there are registrations, they stay as they are."""
    if Registration.objects.exists():
        return
    names = texts.read("sign_ups")["names"]
    for sample in SAMPLES:
        date = EventDate.objects.filter(event__slug=sample.slug, event__locale__language_code="de").first()
        if date:
            _fill(date, sample, names)


def _fill(date: EventDate, sample: Sample, names: list[str]) -> None:
    consent, _created = ConsentText.objects.get_or_create(
        page=date.event, language="de", digest=digest(usual_consent()), defaults={"text": usual_consent()}
    )
    kinds = ["seated"] * sample.seated + ["waiting"] * sample.waiting + ["pending"] * sample.pending
    rows = [_guest(date, kind, number, consent, names) for number, kind in enumerate(kinds)]
    Registration.objects.bulk_create(rows)
    taken = Registration.objects.seated().filter(date=date).aggregate(people=Sum("people", default=0))["people"]
    EventDate.objects.filter(pk=date.pk).update(taken=taken)


def _guest(date: EventDate, kind: str, number: int, consent: ConsentText, names: list[str]) -> Registration:
    event: EventPage = date.event
    email = f"gast-{date.pk}-{number + 1}@example.org"
    moment = min(timezone.now(), date.starts_at) - timedelta(days=4, hours=-number)
    people = 1 + (number % 3 if event.largest_group > 1 else 0)
    guest = Registration(
        date=date,
        name=names[number * 5 % len(names)],
        email=email,
        email_key=email,
        language=LANGUAGES[number % len(LANGUAGES)],
        consent=consent,
        people=people,
        children=1 if event.childcare and number % 6 == 1 else 0,
        needs=["step_free"] if number % 9 == 4 else [],
        interpreting=["ar"] if number % 10 == 1 and event.interpreted_languages.filter(language="ar") else [],
        answers=[
            question.answer([[*question.choices][number % len(question.choices)]]) for question in questions(event)
        ],
        requested_at=moment,
    )
    if kind != "pending":
        guest.confirmed_at = moment + timedelta(minutes=7)
        telling.note(guest, date)
    if kind == "seated":
        guest.seated_at = guest.confirmed_at
        guest.came = people - (number % 4 == 3) if date.is_over else None
    return guest
