"""The one logo and the one German wording move into the lists that took their place."""

import json
import uuid

from django.db import migrations


def copy(apps, schema_editor):
    for period in apps.get_model("campaigns", "FundingPeriod").objects.all():
        if period.logo_id:
            period.logos = _stream("logo", {"image": period.logo_id, "url": ""})
        if period.wording:
            period.texts = _stream("text", {"language": "de", "wording": period.wording, "disclaimer": ""})
        period.save(update_fields=["logos", "texts"])


def _stream(kind, value):
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())}])


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0020_project_funding")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
