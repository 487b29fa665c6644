from django.core.management.base import BaseCommand

from translations import demand, reader_notes


class Command(BaseCommand):
    help = (
        "Deletes readers' notes 90 days after they were handled, the others and wishes after 400 days. Safe to repeat."
    )

    def handle(self, **options):
        self.stdout.write(f"{reader_notes.forget_old()} notes and {demand.forget_old()} days of wishes deleted")
