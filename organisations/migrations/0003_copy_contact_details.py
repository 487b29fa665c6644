from datetime import timedelta

from django.db import migrations

COPIED = [
    'street', 'postal_code', 'place', 'municipality', 'state', 'latitude', 'longitude', 'precision', 'phone', 'email',
    'confirmed_on',
]


def copy_contact_details(apps, schema_editor):
    """Positions less than exact stay away until the next `release`, which knows the middle of a town."""
    OrganisationPage = apps.get_model('organisations', 'OrganisationPage')
    OfficeRecord = apps.get_model('organisations', 'OfficeRecord')
    DirectoryEntry = apps.get_model('organisations', 'DirectoryEntry')
    DirectoryVersion = apps.get_model('organisations', 'DirectoryVersion')
    pages = OrganisationPage.objects.filter(locale__language_code='de')
    if not pages.exists():
        return
    DirectoryVersion.objects.update_or_create(pk=1, defaults={'number': 1})
    for page in pages.iterator():
        values = {name: getattr(page, name) for name in COPIED}
        record = OfficeRecord.objects.create(
            organisation_id=page.pk, shows_phone=bool(page.phone), consent='', **values
        )
        exact = record.precision == 'exact'
        DirectoryEntry.objects.create(
            organisation_id=page.pk,
            key=page.translation_key,
            number=1,
            precision=record.precision,
            street=record.street if exact else '',
            postal_code=record.postal_code if record.precision in ('exact', 'district') else '',
            place=record.place if record.precision != 'form' else '',
            municipality=record.municipality if record.precision != 'form' else '',
            state=record.state,
            latitude=record.latitude if exact else None,
            longitude=record.longitude if exact else None,
            phone=record.phone,
            confirmed_on=record.confirmed_on,
            due_on=record.confirmed_on + timedelta(days=365) if record.confirmed_on else record.created_on,
        )
    forget_in_revisions(apps)


def forget_in_revisions(apps):
    """An address that is taken back must not stand in an old version either."""
    Revision = apps.get_model('wagtailcore', 'Revision')
    kind = apps.get_model('contenttypes', 'ContentType').objects.get(app_label='organisations', model='organisationpage')
    for revision in Revision.objects.filter(content_type=kind).iterator(chunk_size=100):
        revision.content = {name: value for name, value in revision.content.items() if name not in COPIED}
        revision.save(update_fields=['content'])


class Migration(migrations.Migration):

    dependencies = [('organisations', '0002_office_records')]

    operations = [
        migrations.RunPython(copy_contact_details, migrations.RunPython.noop, elidable=True),
    ]
