from django.core.management.base import BaseCommand

from organisations.upkeep import reminders


class Command(BaseCommand):
    help = "Asks organisations whose profile wants to be confirmed; then tells their coordinators, then the office."

    def handle(self, **options):
        done = reminders.remind()
        self.stdout.write(
            f"{done.mailed} organisations were asked, "
            f"{done.to_coordinators} were put on coordinators' lists, {done.to_office} on the office's."
        )
