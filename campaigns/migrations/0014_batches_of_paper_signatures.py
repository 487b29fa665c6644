"""The one number of signatures on paper becomes a batch; who counted it, where and when exactly, nobody wrote down."""

from django.db import migrations
from django.utils import timezone


def write_batches(apps, schema_editor):
    page, batch = apps.get_model("campaigns", "CampaignPage"), apps.get_model("campaigns", "PaperBatch")
    german = page.objects.filter(locale__language_code="de", paper_signatures__gt=0, paper_batches=None)
    rows = german.values_list("pk", "paper_signatures", "last_published_at")
    batch.objects.bulk_create(
        batch(page_id=pk, number=number, counted_on=timezone.localdate(published or timezone.now()), sort_order=0)
        for pk, number, published in rows
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0013_campaign_texts")]

    operations = [migrations.RunPython(write_batches, migrations.RunPython.noop)]
