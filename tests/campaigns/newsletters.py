"""A newsletter that can be had in German and Arabic, people who subscribe, and their mails."""

import re
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import ConsentText, NewsletterPage, Subscriber
from campaigns.opt_in.keeping_out import keyed
from core.email_addresses import normalised
from core.models import Topic
from home.models import HomePage
from tests.site.world import make, translate

FORM = "/de/newsletter/anmelden/"
SENT = "/de/newsletter/anmelden/gesendet/"
TEXTS = {"consent_text": "Ich will Post.", "confirmation_text": "Schön, dass es Sie gibt.", "thanks_text": "Danke!"}
ARABIC = {"consent_text": "أريد الرسائل.", "confirmation_text": "أهلًا بكم.", "thanks_text": "شكرًا!"}
TYPED = {"email": "thi@example.org", "consent": "on"}


def topic(key: str, name: str) -> Topic:
    return Topic.objects.get_or_create(key=key, locale=Locale.objects.get(language_code="de"), defaults={"name": name})[
        0
    ]


def newsletter(site, **values) -> NewsletterPage:
    values = TEXTS | {"sender_name": "NeMO"} | values
    page = make(NewsletterPage, site, "newsletter", "Post aus den Verbünden", **values)
    page.topics = [topic("wohnen", "Wohnen"), topic("bildung", "Bildung")]
    page.save()
    return page


def in_arabic(page, **values) -> NewsletterPage:
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="ar"))
    return translate(page, home, "رسائل الشبكات", **ARABIC | values)


def version(client, language="de") -> str:
    html = client.get(f"/{language}/newsletter/anmelden/").text
    return re.search(r'name="consent_version" value="(\w+)"', html).group(1)


def subscribe(client, language="de", **changed):
    shown = {} if "consent_version" in changed else {"consent_version": version(client, language)}
    typed = {name: value for name, value in (TYPED | shown | changed).items() if value is not None}
    return client.post(f"/{language}/newsletter/anmelden/", typed)


def link(word="anmelden", message=None) -> str:
    """The path of a link in the last mail."""
    text = (message or mail.outbox[-1]).body
    return urlsplit(re.search(rf"https?://\S+/newsletter/{word}/\S+/", text).group()).path


def press(client, path, action):
    return client.post(path, {"action": action})


def reader(email="thi@example.org", *topics, confirmed=True, **values) -> Subscriber:
    consent, _created = ConsentText.objects.get_or_create(
        page=None, language="de", digest="0" * 64, defaults={"text": TEXTS["consent_text"]}
    )
    values = {"language": "de", "confirmed_at": timezone.now() if confirmed else None} | values
    row = Subscriber.objects.create(
        email=email, email_key=normalised(email), keyed=keyed(email), consent=consent, **values
    )
    row.topics.set(topics)
    return row
