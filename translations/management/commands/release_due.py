from django.core.management.base import BaseCommand

from translations.releases import going_live


class Command(BaseCommand):
    help = "Lets releases go live whose time has come, and optional languages follow that have become ready."

    def handle(self, **options):
        live = going_live.go_live_with_all_due()
        followed = going_live.follow_with_all()
        self.stdout.write(f"{live} releases went live, {followed} texts followed.")
