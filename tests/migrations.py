"""Looks for migrations that would lock or break a running site: `python -m tests.migrations`, as make lint does.

The linter is called directly, so that it need not stand among the installed applications.
"""

import os
import sys
from pathlib import Path

import django

# Meant to be what the linter warns of. Contact details: the columns were copied by the migration before, and hold what no
# draft and no revision may keep. Opt-in: a few rows, and names alone change. Paper signatures and logos of funders: the
# migration before copied them. A site is stopped for all of it (docs/operations.md).
MEANT = ("0004_remove_contact_details", "0006_opt_in", "0015_remove_paper_signatures", "0022_remove_single_logo")


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
        # SQLite copies the table for a new column and states all the old ones again; see `without_default`.
        exclude_migration_tests=["NOT_NULL"],
        quiet=["ok", "ignore", "warning"],
        no_cache=True,
    )
    linter.lint_all_migrations()
    missing = without_default(own)
    for line in missing:
        print(line)
    sys.exit(linter.has_errors or bool(missing))


def without_default(labels):
    """New columns that the code still running would leave empty, though they must not be."""
    from django.db.migrations import AddField
    from django.db.migrations.loader import MigrationLoader

    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [
        f"{label} {name}: {operation.model_name}.{operation.name} needs db_default"
        for (label, name), migration in migrations.items()
        if label in labels and not migration.initial and name not in MEANT
        for operation in migration.operations
        if isinstance(operation, AddField) and not _may_be_left_out(operation.field)
    ]


def _may_be_left_out(field):
    return field.many_to_many or field.null or field.has_db_default()


if __name__ == "__main__":
    main()
