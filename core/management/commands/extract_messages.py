from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from core.catalogues import faults, messages_of, source_folders, update

MESSAGES_ARE_IN = "en"


class Command(BaseCommand):
    help = "Brings locale/*/LC_MESSAGES/django.po in line with the strings in code and templates."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail where a catalogue is incomplete."
        )

    def handle(self, *, check, **options):
        messages = messages_of(source_folders(settings.BASE_DIR))
        paths = [
            Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.po"
            for code, _name in settings.LANGUAGES
        ]
        if check:
            self._check(paths, messages)
            return
        for path in paths:
            changed = update(path, messages, copy_source=path.parent.parent.name == MESSAGES_ARE_IN)
            open_ends = len(faults(path, messages))
            state = "updated" if changed else "unchanged"
            self.stdout.write(f"{path.parent.parent.name}: {len(messages)} messages, {open_ends} to translate, {state}")

    def _check(self, paths, messages):
        found = [fault for path in paths for fault in faults(path, messages)]
        if found:
            raise CommandError("Catalogues are not complete (make messages, then translate):\n" + "\n".join(found))
