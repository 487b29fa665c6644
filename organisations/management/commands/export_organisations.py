from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import spreadsheets
from core.languages import SOURCE_LANGUAGE
from organisations.member_list import export
from organisations.models import NetworkPage


class Command(BaseCommand):
    help = "Writes the member list to a file, .xlsx or .csv, with the columns of the import."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--network", metavar="SLUG", help="Only this network.")

    def handle(self, *, file, network, **options):
        page = None
        if network is not None:
            page = NetworkPage.objects.filter(slug=network, locale__language_code=SOURCE_LANGUAGE).first()
            if page is None:
                raise CommandError(f"There is no network with the address {network}.")
        kind = file.suffix.lower().removeprefix(".")
        if kind not in spreadsheets.TYPES:
            raise CommandError("The name of the file must end in .xlsx or .csv.")
        with file.open("wb") as target:
            if kind == spreadsheets.XLSX:
                export.as_xlsx(export.rows(page), target)
            else:
                target.writelines(spreadsheets.as_csv(export.rows(page)))
        self.stdout.write(f"{export.organisations(page).count()} organisations")
