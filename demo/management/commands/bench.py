from django.core.management import BaseCommand, call_command
from django.db import connection

from demo.bench import last_place, many_sign_ups, newsletter, report, sign_up_load, translation_desk
from demo.bench.addresses import addresses
from demo.bench.measures import measure


class Command(BaseCommand):
    help = "Prints queries, server time and weight of every page type against the bars, on a database of its own."

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, nargs="+", default=[60, 520], metavar="N")
        parser.add_argument("--rounds", type=int, default=15, help="Requests timed per page; the best counts")

        parser.add_argument(
            "--translated", type=int, default=2000, help="Pages on the translation board; 0 leaves it out"
        )
        parser.add_argument("--requested", type=int, default=500, help="Pages whose translations are asked for at once")

        parser.add_argument("--signed", type=int, default=1_000_000, help="People who signed; 0 leaves it out")
        parser.add_argument(
            "--sign-ups", type=int, default=30, help="Sign-ups a second, on PostgreSQL; 0 leaves it out"
        )
        parser.add_argument("--seconds", type=int, default=60, help="How long they go on")
        parser.add_argument("--guests", type=int, default=50, help="For one place, on PostgreSQL; 0 leaves it out")
        parser.add_argument("--readers", type=int, default=10_000, help="Of one newsletter; 0 leaves it out")

    def handle(
        self, organisations, rounds, translated, requested, signed, sign_ups, seconds, guests, readers, **options
    ):
        sizes = sorted(set(organisations))
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            rows = self.measured(sizes, rounds)
            say = self.stderr.write
            figures = sign_up_load.measure(sign_ups, seconds, say) if sign_ups else []
            figures += last_place.measure(guests, say) if guests else []
            figures += newsletter.measure(readers, say) if readers else []
            figures += many_sign_ups.measure(signed, rounds, say) if signed else []
            figures += translation_desk.measure(translated, requested, rounds, say) if translated else []
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        self.stdout.write("\n".join(report.table(rows, sizes)))
        self.stdout.write("\n".join(["", *map(str, figures)]))
        missed = [*report.failures(rows, sizes), *(str(figure) for figure in figures if figure.is_missed)]
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
