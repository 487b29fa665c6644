"""Each event gets the one date it had in its own columns."""

from itertools import batched

from django.db import migrations
from django.db.models import Q


def write_first_dates(apps, schema_editor):
    event, date = apps.get_model("campaigns", "EventPage"), apps.get_model("campaigns", "EventDate")
    german = event.objects.filter(locale__language_code="de")
    # A translation reads the facts, and so the dates, of its German page.
    own = Q(locale__language_code="de") | ~Q(translation_key__in=german.values("translation_key"))
    events = event.objects.filter(own, dates=None).only("pk", "starts_at", "ends_at")
    for batch in batched(events.iterator(), 500):
        date.objects.bulk_create(
            date(
                event=page,
                starts_at=page.starts_at,
                ends_at=max(page.starts_at, page.ends_at),
                original_start=page.starts_at,
            )
            for page in batch
        )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_event_dates")]

    operations = [migrations.RunPython(write_first_dates, migrations.RunPython.noop)]
