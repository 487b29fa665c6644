"""Invented readers of the newsletter: some of each language, one who has not confirmed, one whose mailbox is gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.models import ConsentText, DayFigures, NewsletterPage, Subscriber
from campaigns.newsletter.offer import pages
from campaigns.opt_in.consent import digest
from campaigns.opt_in.keeping_out import keyed
from core.email_addresses import normalised
from core.models import Topic

READERS = 40
LANGUAGES = ("de", "de", "de", "tr", "ar", "ru", "en", "uk", "pl", "ar")
WAYS = (Subscriber.FORM, Subscriber.FORM, Subscriber.CAMPAIGN, Subscriber.FORM, Subscriber.EVENT)


@transaction.atomic
def load_readers() -> None:
    """Where there are readers, they stay as they are."""
    offered = pages()
    if not offered or Subscriber.objects.exists():
        return
    topics = [*Topic.objects.source().order_by("sort_order")]
    for number, moment in enumerate(_moments()):
        page = offered.get(LANGUAGES[number % len(LANGUAGES)]) or offered["de"]
        reader = _reader(number, moment, page)
        reader.topics.set(topics[number % len(topics) : number % len(topics) + number % 3])
    Subscriber.objects.filter(email="leserin3@example.org").update(confirmed_at=None)
    gone = {"hard_bounces": 2, "bounced_at": timezone.now(), "stopped_at": timezone.now()}
    Subscriber.objects.filter(email="leserin7@example.org").update(**gone)


def _moments() -> Iterator[datetime]:
    """Ever more of them the nearer to today."""
    now = timezone.now()
    return (now - timedelta(days=number * (1 + number / 12), hours=number) for number in range(READERS, 0, -1))


def _reader(number: int, moment: datetime, page: NewsletterPage) -> Subscriber:
    language, text = page.text_language, page.consent_text.strip()
    consent, _created = ConsentText.objects.get_or_create(
        page=None, language=language, digest=digest(text), defaults={"text": text}
    )
    day, _created = DayFigures.objects.get_or_create(page=None, day=timezone.localdate(moment), language=language)
    day.confirmed += 1
    day.save()
    email = f"leserin{number + 1}@example.org"
    return Subscriber.objects.create(
        email=email,
        email_key=normalised(email),
        keyed=keyed(email),
        language=language,
        consent=consent,
        source=WAYS[number % len(WAYS)],
        requested_at=moment,
        confirmed_at=moment,
    )
