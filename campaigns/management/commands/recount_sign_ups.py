from django.core.management.base import BaseCommand

from campaigns.registering import seats
from campaigns.taking_part import tally


class Command(BaseCommand):
    help = "Counts who takes part in each campaign and who has a place at each event anew, where somebody changed rows by hand. Safe to repeat."

    def handle(self, **options):
        if wrong := tally.recount():
            self.stderr.write(f"{wrong} tallies were wrong and have been counted anew")
        if wrong := seats.recount():
            self.stderr.write(f"{wrong} counters of places were wrong and have been counted anew")
