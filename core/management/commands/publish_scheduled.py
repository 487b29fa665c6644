from wagtail.management.commands import publish_scheduled

from core import publication


class Command(publish_scheduled.Command):
    """Wagtail's own, which would stop at the first page that may not go live."""

    def handle(self, *args, **options):
        if not options["dryrun"]:
            publication.take_unready_off_the_schedule()
        super().handle(*args, **options)
