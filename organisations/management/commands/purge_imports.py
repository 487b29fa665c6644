from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisations.member_list.running import delete_rows
from organisations.models import MemberImport

KEPT_FOR = timedelta(days=90)
FILE_KEPT_FOR = timedelta(days=1)


class Command(BaseCommand):
    help = "Deletes imports of member lists after 90 days, and files that were never checked after one. Safe to repeat."

    def handle(self, **options):
        now = timezone.now()
        old = [*MemberImport.objects.filter(created_at__lt=now - KEPT_FOR).defer("content")]
        for member_import in old:
            delete_rows(member_import)
            member_import.delete()
        left = MemberImport.objects.filter(created_at__lt=now - FILE_KEPT_FOR, state=MemberImport.CHECKING)
        left.update(state=MemberImport.CANCELLED, content=b"", lease_until=None, finished_at=now)
        self.stdout.write(f"{len(old)} imports deleted")
