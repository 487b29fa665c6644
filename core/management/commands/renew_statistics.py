from django.core.management.base import BaseCommand

from core import statistics


class Command(BaseCommand):
    help = "Lets the database look at its tables anew, so that it plans its queries well. Safe to repeat."

    def handle(self, **options):
        statistics.renew()
        self.stdout.write("Statistics renewed")
