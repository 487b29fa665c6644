from django.core.management.base import BaseCommand

from campaigns.funding.proof import packing


class Command(BaseCommand):
    help = "Goes on with proof packs whose worker was killed."

    def handle(self, **options):
        self.stdout.write(f"{packing.resume()} packs go on.")
