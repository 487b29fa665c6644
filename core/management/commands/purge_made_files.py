from django.core.management.base import BaseCommand

from core.made_files import forget_old


class Command(BaseCommand):
    help = "Deletes pictures and archives that were made long ago; who asks for one gets it made anew. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{forget_old()} files deleted")
