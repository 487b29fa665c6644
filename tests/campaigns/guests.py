"""Somebody registers for an event: on the form, from the mail, with the button."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import EventIndexPage, EventPage
from tests.site.world import make, translate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TYPED = {"name": "Nguyễn Thị", "email": "thi@example.org", "people": "1", "consent": "on"}
QUESTION = {
    "type": "question",
    "id": "11111111-1111-4111-8111-111111111111",
    "value": {
        "question": "Was essen Sie?",
        "kind": "one",
        "choices": [
            {"type": "item", "id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "value": "vegetarisch"},
            {"type": "item", "id": "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "value": "mit Fleisch"},
        ],
        "is_required": True,
    },
}
FIELD = f"question_{QUESTION['id']}"
VEGETARIAN = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


def event(site, slug="werkstatt", **values) -> EventPage:
    """Two places, nine days from now."""
    index = EventIndexPage.objects.child_of(site).get()
    starts = values.pop("starts_at", timezone.now() + 9 * DAY)
    facts = {"starts_at": starts, "ends_at": starts + 2 * HOUR, "place": "Kassel", "capacity": 2}
    return make(EventPage, index, slug, "Werkstatt", registers_here=True, **facts | values)


def in_arabic(page: EventPage, **values) -> EventPage:
    index = EventIndexPage.objects.get(locale=Locale.objects.get(language_code="ar"))
    times = {"starts_at": page.starts_at, "ends_at": page.ends_at}
    return translate(page, index, "ورشة عمل", **times | values)


def asked_in_arabic() -> list:
    choices = [
        {"type": "item", "id": item["id"], "value": text}
        for item, text in zip(QUESTION["value"]["choices"], ["نباتي", "مع اللحم"], strict=True)
    ]
    return [QUESTION | {"value": QUESTION["value"] | {"question": "ماذا تأكلون؟", "choices": choices}}]


def address(page, language="de"):
    return f"/{language}/termine/{page.slug}/anmelden/{page.dates.get().pk}/"


def version(client, page, language="de"):
    return version_at(client, address(page, language))


def version_at(client, path):
    html = client.get(path).text
    return re.search(r'name="consent_version" value="(\w+)"', html).group(1)


def register(client, page, language="de", **changed):
    shown = {} if "consent_version" in changed else {"consent_version": version(client, page, language)}
    typed = {name: value for name, value in (TYPED | shown | changed).items() if value is not None}
    return client.post(address(page, language), typed)


def link(message=None) -> str:
    """The path of the link in the last mail."""
    text = (message or mail.outbox[-1]).body
    return urlsplit(re.search(r"https?://\S+/anmeldung/\S+/", text).group()).path


def press(client, path, action):
    return client.post(path, {"action": action})


def come(client, page, email="thi@example.org", **changed):
    """Registered and confirmed; gives the answer to the button."""
    register(client, page, email=email, **changed)
    return press(client, link(), "confirm")


def mails_to(email: str) -> list:
    return [message for message in mail.outbox if message.to == [email]]
