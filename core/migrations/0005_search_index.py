from django.db import migrations

NAME = "core_search_title_and_body"


def create(apps, schema_editor):
    """PostgreSQL searches title and body as one, for which Wagtail has no index: it read every entry to the end."""
    if schema_editor.connection.vendor == "postgresql":
        entries = apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table
        schema_editor.execute(f'CREATE INDEX "{NAME}" ON "{entries}" USING gin ((title || body))')


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP INDEX IF EXISTS "{NAME}"')


class Migration(migrations.Migration):
    dependencies = [("core", "0004_retention_runs"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(create, drop)]
