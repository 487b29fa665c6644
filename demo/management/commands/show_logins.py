from django.conf import settings
from django.core.management.base import BaseCommand

from demo.users import table


class Command(BaseCommand):
    help = "Prints the logins of the sample site."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(f"Site: {settings.BASE_URL}/  Admin: {settings.BASE_URL}/admin/\n{table()}")
