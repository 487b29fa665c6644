from django.core.management.base import BaseCommand

from campaigns.funding.proof import packing


class Command(BaseCommand):
    help = "Deletes proof packs older than thirty days with their files."

    def handle(self, **options):
        self.stdout.write(f"{packing.purge()} packs were deleted.")
