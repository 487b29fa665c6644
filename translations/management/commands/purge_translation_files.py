from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from translations.models import TextFile

KEPT_FOR = timedelta(days=90)


class Command(BaseCommand):
    help = "Deletes the reports of uploaded files with translations after 90 days. The translations stay."

    def handle(self, **options):
        old = TextFile.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
        number = old.count()
        old.delete()
        self.stdout.write(f"{number} reports deleted.")
