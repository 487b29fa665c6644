from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('organisations', '0003_copy_contact_details')]

    operations = [
        migrations.RemoveField(
            model_name='organisationpage',
            name='confirmed_on',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='email',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='latitude',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='longitude',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='municipality',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='phone',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='place',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='postal_code',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='precision',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='state',
        ),
        migrations.RemoveField(
            model_name='organisationpage',
            name='street',
        ),
    ]
