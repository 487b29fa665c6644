from django.core.management.base import BaseCommand

from core.outbox import send_waiting


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox. Safe to repeat and to run beside workers; meant for cron."

    def handle(self, **options):
        self.stdout.write(f"{send_waiting()} mails sent")
