from django.core.management.base import BaseCommand

from campaigns.taking_part import retention, tally


class Command(BaseCommand):
    help = "Deletes sign-ups whose time is over, and checks the tallies. Safe to repeat."

    def handle(self, **options):
        for what, number in retention.purge().items():
            self.stdout.write(f"{number} {what} deleted")
        if wrong := tally.recount():
            self.stderr.write(f"{wrong} tallies were wrong and have been counted anew")
