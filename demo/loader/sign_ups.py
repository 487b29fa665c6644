"""Invented people who take part in the sample campaigns: most have confirmed, some wrote something that waits to be read."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from campaigns.models import CampaignPage, ConsentText, DayFigures, SignUp
from campaigns.models.campaign import SIGNED
from campaigns.opt_in.consent import digest
from campaigns.taking_part import tally
from core.email_addresses import normalised

TEXTS = Path(__file__).resolve().parent.parent / "texts" / "sign_ups.toml"
PEOPLE = 87
LANGUAGES = ("de", "de", "tr", "de", "ar", "ru", "de", "uk", "pl", "en")
UNCONFIRMED = 9  # every ninth
DAYS = 60


@transaction.atomic
def load_sign_ups() -> None:
    """Where there are sign-ups, they stay as they are."""
    if SignUp.objects.exists():
        return
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for campaign in CampaignPage.objects.listed().filter(action__in=SIGNED):
        consent, _created = ConsentText.objects.get_or_create(
            page=campaign,
            language="de",
            digest=digest(campaign.consent_text),
            defaults={"text": campaign.consent_text.strip()},
        )
        rows = [_person(campaign, consent, texts, number) for number in range(PEOPLE)]
        SignUp.objects.bulk_create(rows)
        tally.add(campaign, sum(1 for row in rows if row.confirmed_at))
        _count(rows)


def _person(campaign: CampaignPage, consent: ConsentText, texts: dict, number: int) -> SignUp:
    comment = texts["comments"][number] if number < len(texts["comments"]) else {"text": "", "decision": ""}
    email = f"unterschrift-{campaign.pk}-{number + 1}@example.org"
    moment = _moment(number)
    return SignUp(
        campaign=campaign,
        consent=consent,
        name=texts["names"][number % len(texts["names"])],
        email=email,
        email_key=normalised(email),
        language=comment.get("language") or LANGUAGES[number % len(LANGUAGES)],
        postal_code=texts["postal_codes"][number * 7 % len(texts["postal_codes"])],
        comment=comment["text"],
        moderated=comment["decision"],
        is_held_back=comment.get("held_back", False),
        shows_name=number % 3 == 0,
        wants_updates=number % 4 == 0,
        requested_at=moment,
        confirmed_at=None if number % UNCONFIRMED == UNCONFIRMED - 1 else moment + timedelta(minutes=number + 3),
    )


def _moment(number: int) -> datetime:
    """Those who have not confirmed came in the last days: the others would be gone. Interest comes in waves."""
    now = timezone.now()
    if number % UNCONFIRMED == UNCONFIRMED - 1:
        return now - timedelta(days=1 + number % 4, hours=number % 20)
    return now - timedelta(days=1 + (number * number) % DAYS, hours=number % 12)


def _count(rows: list[SignUp]) -> None:
    for row in rows:
        if row.confirmed_at:
            day, _created = DayFigures.objects.get_or_create(
                page=row.campaign, day=timezone.localdate(row.confirmed_at), language=row.language
            )
            day.confirmed += 1
            day.save()
