import imaplib
import mailbox
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaigns.mailing import returned
from campaigns.newsletter.bounces import counting, mailboxes, reports


class Command(BaseCommand):
    help = (
        "Counts newsletters that came back, and stops writing to mailboxes that refuse them again and again. Reads the "
        "mailbox BOUNCE_MAILBOX, or a maildir or mbox file, or with - one mail from a pipe. Safe to repeat."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", default="", help="Maildir, mbox file, or - for one mail on stdin.")

    def handle(self, *, source, **options):
        counted = 0
        try:
            for mail in self.mails(source):
                counted += self.count(mail)
        except (OSError, imaplib.IMAP4.error, mailbox.Error) as error:
            raise CommandError(f"The mailbox cannot be read: {error} ({counted} bounces counted)") from error
        self.stdout.write(f"{counted} bounces counted")

    def count(self, mail):
        report = reports.read(mail)
        if report and report.delivery:
            returned.note(report.delivery)
        return bool(report and report.reader and counting.count(report.reader, report.refusal))

    def mails(self, source):
        if source == "-":
            return [sys.stdin.buffer.read(reports.LONGEST + 1)]
        if source:
            path = Path(source)
            if not path.exists():
                raise CommandError(f"There is no mailbox at {source}.")
            return mailboxes.local(path)
        return mailboxes.behind_imap() if settings.BOUNCE_MAILBOX else []
