import django.db.models.deletion
from django.db import migrations, models

from translations.editor.marks import to_plain
from translations.editor.memory import keys


def remember(apps, schema_editor):
    """The texts that are there already."""
    MemoryWord = apps.get_model("translations", "MemoryWord")
    rows = []
    for string in apps.get_model("wagtail_localize", "String").objects.iterator():
        plain = to_plain(string.data)
        rows += [MemoryWord(string_id=string.pk, word=key, length=len(plain)) for key in keys(plain)]
        if len(rows) > 2000:
            MemoryWord.objects.bulk_create(rows)
            rows = []
    MemoryWord.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('translations', "0005_glossary_and_machines"),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemoryWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.BigIntegerField()),
                ('length', models.PositiveIntegerField()),
                ('string', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memory_words', to='wagtail_localize.string')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['word', 'length', 'string'], name='memory_by_word')],
                'constraints': [models.UniqueConstraint(fields=('string', 'word'), name='unique_memory_word')],
            },
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
