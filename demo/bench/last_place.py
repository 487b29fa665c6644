"""Many guests press their button in the same moment, and one place is left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from time import perf_counter
from urllib.parse import urlsplit

from django.db import connection, connections
from django.test import Client

from campaigns.models import ConsentText, EventDate, EventPage, Registration
from campaigns.registering import links
from demo.bench.figure import Figure

EVENT = "abend-der-verbuende"


def measure(guests: int, say: Callable[[str], None]) -> list[Figure]:
    if connection.vendor != "postgresql":
        say("The last place: left out, because it takes PostgreSQL (DATABASE_URL).")
        return []
    say(f"{guests} guests and one place …")
    date = _one_place_left()
    addresses = [urlsplit(_link(date, number)).path for number in range(guests)]
    began = perf_counter()
    with ThreadPoolExecutor(guests) as pool:
        statuses = [*pool.map(_press, addresses)]
    seconds = perf_counter() - began
    seated = Registration.objects.seated().filter(date=date).count()
    name = f"{guests} parallel posts for one seat"
    kindly = (HTTPStatus.OK, HTTPStatus.CONFLICT)
    return [
        Figure(f"{name}, successes", statuses.count(HTTPStatus.OK), "", 1),
        Figure(f"{name}, seats given too many or too few", abs(seated - 1), "", 0),
        Figure(f"{name}, answers that are neither a seat nor a refusal", sum(s not in kindly for s in statuses), "", 0),
        Figure(f"{name}, all answered", seconds, "s"),
    ]


def _one_place_left() -> EventDate:
    event = EventPage.objects.listed().get(slug=EVENT)
    Registration.objects.filter(date__event=event).delete()
    EventPage.objects.filter(pk=event.pk).update(capacity=1, has_waiting_list=False)
    date = event.dates.get()
    EventDate.objects.filter(pk=date.pk).update(taken=0)
    return date


def _link(date: EventDate, number: int) -> str:
    consent, _created = ConsentText.objects.get_or_create(
        page=date.event, language="de", digest="0" * 64, defaults={"text": "Ja."}
    )
    email = f"guest-{number}@example.org"
    guest = Registration.objects.create(
        date=date, name="Gast", email=email, email_key=email, language="de", consent=consent
    )
    return links.make(guest)


def _press(path: str) -> int:
    try:
        return Client(SERVER_NAME="127.0.0.1").post(path, {"action": "confirm"}).status_code
    finally:
        connections.close_all()
