from django.core.management import BaseCommand, call_command
from django.db import connection

from demo.bench import report
from demo.bench.addresses import addresses
from demo.bench.measures import measure


class Command(BaseCommand):
    help = "Prints queries, server time and weight of every page type against the bars, on a database of its own."

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, nargs="+", default=[60, 520], metavar="N")
        parser.add_argument("--rounds", type=int, default=15, help="Requests timed per page; the best counts")

    def handle(self, organisations, rounds, **options):
        sizes = sorted(set(organisations))
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            rows = self.measured(sizes, rounds)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        self.stdout.write("\n".join(report.table(rows, sizes)))
        missed = report.failures(rows, sizes)
        self.stdout.write("\n".join(["", *missed]) if missed else "\nEvery bar is held.")

    def measured(self, sizes, rounds):
        rows = {}
        for size in sizes:
            self.stderr.write(f"{size} organisations …")
            call_command("load_demo", organisations=size, verbosity=0)
            connection.ensure_connection()
            for address in addresses():
                rows.setdefault(address, {})[size] = measure(address.path, rounds)
        return rows
