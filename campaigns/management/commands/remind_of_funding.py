from django.core.management.base import BaseCommand

from campaigns.funding import deadlines


class Command(BaseCommand):
    help = "Tells the people of projects whose funding ends in sixty or thirty days, once each."

    def handle(self, **options):
        self.stdout.write(f"{deadlines.remind()} new tasks.")
