from django.core.management.base import BaseCommand

from campaigns.registering import seats, telling


class Command(BaseCommand):
    help = (
        "Tells those who are registered for an event what has changed, reminds them the day before, and moves waiting "
        "lists up where there are more places now. Safe to repeat, also after a kill: nobody is told twice."
    )

    def handle(self, **options):
        self.stdout.write(f"{seats.move_all_up()} moved up from waiting lists")
        self.stdout.write(f"{telling.tell_changes()} were told of changes")
        self.stdout.write(f"{telling.remind()} were reminded")
