from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('organisations', '0006_import_conflicts')]

    operations = [
        migrations.AddField(
            model_name='directoryentry',
            name='was_open_data',
            field=models.BooleanField(default=False),
        ),
    ]
