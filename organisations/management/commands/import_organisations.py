from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.languages import SOURCE_LANGUAGE
from organisations.member_list import applying, running
from organisations.member_list.columns import BY_NAME
from organisations.member_list.reading import MAX_BYTES
from organisations.models import ImportRow, MemberImport, NetworkPage

SHOWN = 200


class Command(BaseCommand):
    help = "Imports a member list (.xlsx or .csv): checks all of it, and applies it if there is no error."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--network", metavar="SLUG", help="Only into this network, as its coordinators would.")
        parser.add_argument("--dry-run", action="store_true", help="Check and report, but change nothing.")

    def handle(self, *, file, network, dry_run, **options):
        member_import = running.receive(file.name, self.read(file), self.network(network), user=None)
        running.work_on(member_import.pk, member_import.lease_until)
        member_import.refresh_from_db(fields=["state", "message"])
        if member_import.state == MemberImport.FAILED:
            raise CommandError(member_import.message)
        self.report(member_import)
        if dry_run:
            self.stdout.write("Nothing was changed.")
        elif member_import.rows.filter(outcome=ImportRow.ERROR).exists():
            raise CommandError("Nothing was changed, because there are errors.")
        elif applying.begin(member_import):
            member_import.refresh_from_db(fields=["lease_until"])
            running.work_on(member_import.pk, member_import.lease_until)
            self.report_applied(member_import)
        else:
            self.stdout.write("There is nothing to change.")

    def read(self, file: Path) -> bytes:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"{file} is larger than {MAX_BYTES // 1024**2} MB.")
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error

    def network(self, slug: str | None) -> NetworkPage | None:
        if slug is None:
            return None
        try:
            return NetworkPage.objects.get(slug=slug, locale__language_code=SOURCE_LANGUAGE)
        except NetworkPage.DoesNotExist:
            raise CommandError(f"There is no network with the address {slug}.") from None

    def report(self, member_import: MemberImport) -> None:
        if member_import.message:
            self.stdout.write(member_import.message)
        outcomes = Counter(member_import.rows.values_list("outcome", flat=True))
        for outcome, label in ImportRow.OUTCOMES[:4]:
            self.stdout.write(f"{label}: {outcomes[outcome]}")
        self.list(member_import.rows.filter(outcome=ImportRow.ERROR))

    def report_applied(self, member_import: MemberImport) -> None:
        self.stdout.write(f"Applied: {member_import.rows.exclude(applied_at=None).count()}")
        self.list(member_import.rows.filter(outcome=ImportRow.CONFLICT))

    def list(self, rows) -> None:
        for row in rows.order_by("number")[:SHOWN]:
            for name, reason in row.errors.items():
                self.stdout.write(f"  {row.number} · {BY_NAME[name].header if name else row.title}: {reason}")
        if (more := rows.count() - SHOWN) > 0:
            self.stdout.write(f"  … {more} more")
