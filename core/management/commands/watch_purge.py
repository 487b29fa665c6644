from django.core.management.base import BaseCommand

from core import retention


class Command(BaseCommand):
    help = "Tells the administrators, once a day, when personal data was not purged for 25 hours. Safe to repeat."

    def handle(self, **options):
        mails = retention.complain()
        self.stdout.write(f"Late: {mails} mails sent" if retention.is_late() else "In time.")
