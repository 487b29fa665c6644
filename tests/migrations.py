"""Looks for migrations that would lock or break a running site: `python -m tests.migrations`, as make lint does.

The linter is called directly, so that it need not stand among the installed applications.
"""

import os
import sys
from pathlib import Path

import django

# Meant to be what the linter warns of. Contact details: the columns were copied by the migration before, and hold what no
# draft and no revision may keep. Opt-in: a few rows, and names alone change. A site is stopped for both (docs/operations.md).
MEANT = ("0004_remove_contact_details", "0006_opt_in")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django_migration_linter import MigrationLinter

    own = [app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    linter = MigrationLinter(
        path=str(settings.BASE_DIR),
        include_apps=own,
        ignore_initial_migrations=True,  # they meet an empty database
        ignore_name=MEANT,
        quiet=["ok", "ignore", "warning"],
        no_cache=True,
    )
    linter.lint_all_migrations()
    sys.exit(linter.has_errors)


if __name__ == "__main__":
    main()
