import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import organisations.fields
import organisations.models.office
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_done_once'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DirectoryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='OfficeRecord',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='record', serialize=False, to='organisations.organisationpage')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                ('postal_code', models.CharField(blank=True, max_length=5, validators=[django.core.validators.RegexValidator('^[0-9]{5}\\Z', 'A German postal code has five digits.')], verbose_name='postal code')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('municipality', models.CharField(blank=True, max_length=80, verbose_name='municipality')),
                ('state', models.CharField(blank=True, choices=[('BW', 'Baden-Württemberg'), ('BY', 'Bavaria'), ('BE', 'Berlin'), ('BB', 'Brandenburg'), ('HB', 'Bremen'), ('HH', 'Hamburg'), ('HE', 'Hesse'), ('MV', 'Mecklenburg-Western Pomerania'), ('NI', 'Lower Saxony'), ('NW', 'North Rhine-Westphalia'), ('RP', 'Rhineland-Palatinate'), ('SL', 'Saarland'), ('SN', 'Saxony'), ('ST', 'Saxony-Anhalt'), ('SH', 'Schleswig-Holstein'), ('TH', 'Thuringia')], max_length=2, verbose_name='state')),
                ('latitude', organisations.fields.LatitudeField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(47), django.core.validators.MaxValueValidator(56)], verbose_name='latitude')),
                ('longitude', organisations.fields.LongitudeField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(16)], verbose_name='longitude')),
                ('precision', models.CharField(choices=[('exact', 'exact address'), ('district', 'district: postal code and place'), ('town', 'town only'), ('form', 'no address, contact by form only')], default='town', max_length=10, verbose_name='what the public sees of the address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('shows_phone', models.BooleanField(default=False, verbose_name='the phone number is public')),
                ('email', models.EmailField(blank=True, help_text='The mailbox of the office. It is never shown: a form passes mail on.', max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=organisations.models.office.languages, default='de', max_length=12, verbose_name='language of mails')),
                ('open_data', models.BooleanField(default=False, help_text='Others may use and pass on what is public here.', verbose_name='part of the open data')),
                ('consent', models.CharField(blank=True, help_text='Who agreed and when. Needed for an exact address, a public phone number and open data.', max_length=200, verbose_name='consent')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed on')),
                ('term_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='to be confirmed every … months')),
                ('created_on', models.DateField(default=django.utils.timezone.localdate, editable=False)),
                ('asked_on', models.DateField(editable=False, null=True)),
                ('times_asked', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'contact details',
                'verbose_name_plural': 'contact details',
            },
        ),
        migrations.CreateModel(
            name='PostalCode',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('BW', 'Baden-Württemberg'), ('BY', 'Bavaria'), ('BE', 'Berlin'), ('BB', 'Brandenburg'), ('HB', 'Bremen'), ('HH', 'Hamburg'), ('HE', 'Hesse'), ('MV', 'Mecklenburg-Western Pomerania'), ('NI', 'Lower Saxony'), ('NW', 'North Rhine-Westphalia'), ('RP', 'Rhineland-Palatinate'), ('SL', 'Saarland'), ('SN', 'Saxony'), ('ST', 'Saxony-Anhalt'), ('SH', 'Schleswig-Holstein'), ('TH', 'Thuringia')], max_length=2)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
            ],
            options={
                'verbose_name': 'postal code',
                'verbose_name_plural': 'postal codes',
            },
        ),
        migrations.CreateModel(
            name='MemberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('content', models.BinaryField(help_text='The file itself; emptied once it has been checked.')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='uploaded')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('state', models.CharField(choices=[('checking', 'being checked'), ('checked', 'checked'), ('applying', 'being applied'), ('done', 'applied'), ('cancelled', 'cancelled'), ('failed', 'could not be read')], default='checking', max_length=10, verbose_name='status')),
                ('message', models.TextField(blank=True, help_text='About the file as a whole.')),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(help_text='A coordinator imports into this network only; empty for the office.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.networkpage')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import of members',
                'verbose_name_plural': 'imports of members',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ProfileLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('reason', models.CharField(choices=[('reminder', 'reminder'), ('requested', 'asked for by the organisation'), ('coordinator', 'sent by a coordinator')], max_length=12)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('used_for', models.CharField(blank=True, help_text='What was done: `organisations.upkeep.links`.', max_length=12)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_links', to='organisations.organisationpage')),
            ],
            options={
                'verbose_name': 'link to a profile',
                'verbose_name_plural': 'links to profiles',
            },
        ),
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveBigIntegerField(db_index=True)),
                ('changed_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('precision', models.CharField(choices=[('exact', 'exact address'), ('district', 'district: postal code and place'), ('town', 'town only'), ('form', 'no address, contact by form only')], default='form', max_length=10)),
                ('street', models.CharField(blank=True, max_length=120)),
                ('postal_code', models.CharField(blank=True, db_index=True, max_length=5)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('municipality', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(blank=True, choices=[('BW', 'Baden-Württemberg'), ('BY', 'Bavaria'), ('BE', 'Berlin'), ('BB', 'Brandenburg'), ('HB', 'Bremen'), ('HH', 'Hamburg'), ('HE', 'Hesse'), ('MV', 'Mecklenburg-Western Pomerania'), ('NI', 'Lower Saxony'), ('NW', 'North Rhine-Westphalia'), ('RP', 'Rhineland-Palatinate'), ('SL', 'Saarland'), ('SN', 'Saxony'), ('ST', 'Saxony-Anhalt'), ('SH', 'Schleswig-Holstein'), ('TH', 'Thuringia')], max_length=2)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('confirmed_on', models.DateField(null=True)),
                ('due_on', models.DateField()),
                ('open_data', models.BooleanField(default=False)),
                ('was_open_data', models.BooleanField(default=False)),
                ('organisation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entry', to='organisations.organisationpage')),
            ],
            options={
                'indexes': [models.Index(fields=['latitude', 'longitude'], name='entry_position')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='Row of the sheet, counted as a spreadsheet does.')),
                ('outcome', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('error', 'error'), ('conflict', 'changed by somebody else meanwhile')], max_length=10)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('values', models.JSONField(default=dict, help_text='Column to new value, written as in an export.')),
                ('changes', models.JSONField(default=dict, help_text='Column to [old, new], as they are shown.')),
                ('errors', models.JSONField(default=dict, help_text='Column to reason; an empty column is the whole row.')),
                ('warnings', models.JSONField(default=list, help_text='Such as likely duplicates.')),
                ('applied_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisationpage')),
                ('member_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='organisations.memberimport')),
            ],
            options={
                'indexes': [models.Index(fields=['member_import', 'outcome', 'applied_at'], name='import_progress')],
                'constraints': [models.UniqueConstraint(fields=('member_import', 'number'), name='unique_import_row')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('change', 'change'), ('closed', 'no longer exists')], default='change', max_length=8)),
                ('values', models.JSONField(default=dict, help_text='Field name to proposed value, as the form reads it.')),
                ('photo_file', models.BinaryField(default=bytes)),
                ('photo_consent', models.CharField(blank=True, max_length=200)),
                ('message', models.TextField(blank=True, max_length=2000)),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(db_index=True, null=True)),
                ('accepted', models.JSONField(default=list, help_text='Names of the accepted fields; the others were refused.')),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='organisations.organisationpage')),
                ('photo', models.ForeignKey(help_text='Made of the bytes when the photo is accepted.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage')),
            ],
            options={
                'verbose_name': 'proposed change',
                'verbose_name_plural': 'proposed changes',
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('organisation',), name='one_waiting_proposal')],
            },
        ),
    ]
