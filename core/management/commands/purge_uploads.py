from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import UploadedFile

KEPT_FOR = timedelta(days=1)


class Command(BaseCommand):
    help = "Deletes files that were uploaded and never described: they still carry their metadata. Safe to repeat."

    def handle(self, **options):
        purged = 0
        for upload in UploadedFile.objects.iterator():
            if _is_abandoned(upload):
                upload.file.delete(save=False)
                upload.delete()
                purged += 1
        self.stdout.write(f"{purged} uploads deleted")


def _is_abandoned(upload) -> bool:
    """The row has no date, so that of the file counts; without file there is nothing left to describe."""
    storage, name = upload.file.storage, upload.file.name
    return not storage.exists(name) or storage.get_modified_time(name) < timezone.now() - KEPT_FOR
