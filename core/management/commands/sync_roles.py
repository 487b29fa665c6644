from django.core.management.base import BaseCommand

from core import roles


class Command(BaseCommand):
    help = "Brings groups, their rights and the workflows in line with the roles of all packages. Safe to repeat."

    def handle(self, **options):
        roles.sync()
        self.stdout.write("Groups and workflows are as the roles say.")
