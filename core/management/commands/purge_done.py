from django.core.management.base import BaseCommand

from core.public_forms import forget_done


class Command(BaseCommand):
    help = "Forgets which posts of public forms were seen, once nobody can repeat them by accident. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{forget_done()} posts forgotten")
