from django.core.management.base import BaseCommand

from campaigns.events.dates import write_ahead


class Command(BaseCommand):
    help = "Writes the dates of series ahead, so that a good year of them is known. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{write_ahead()} series looked after")
