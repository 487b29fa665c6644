from django.core.management.base import BaseCommand

from demo.loader.everything import load_everything


class Command(BaseCommand):
    help = "Loads the sample site. Safe to repeat: what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--organisations", type=int, default=60, help="How many sample organisations there shall be."
        )

    def handle(self, *, organisations, **options):
        load_everything(organisations, self.stdout.write)
