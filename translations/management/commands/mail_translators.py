from django.core.management.base import BaseCommand

from translations.inbox import mails


class Command(BaseCommand):
    help = "Tells everybody who works on translations, once a week, what waits for them. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{mails.send_digests()} people were told what waits for them.")
