from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0021_logos_and_wording_of_funding")]

    operations = [
        migrations.RemoveField(model_name="fundingperiod", name="logo"),
        migrations.RemoveField(model_name="fundingperiod", name="wording"),
    ]
