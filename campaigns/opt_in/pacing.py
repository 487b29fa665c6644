"""How often an address may get mail because somebody typed it into a form: once a day for each, three in all."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from campaigns.models import MailSent
from campaigns.opt_in.keeping_out import keyed

BETWEEN_MAILS = timedelta(hours=24)
MAILS_A_DAY = 3


def may_be_written_to(address: str, form: str) -> bool:
    """Noted as sent where it may: call in the transaction that sends. `form` is "campaign 12", "newsletter" …"""
    hashed = keyed(address)
    _one_at_a_time(hashed)
    since = timezone.now() - BETWEEN_MAILS
    sent = [*MailSent.objects.filter(address=hashed, sent_at__gt=since).values_list("form", flat=True)]
    if form in sent or len(sent) >= MAILS_A_DAY:
        return False
    MailSent.objects.create(address=hashed, form=form)
    return True


def _one_at_a_time(hashed: str) -> None:
    """Somebody may post to many forms at the same moment. On SQLite others wait to write in any case."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(hashed[:15], 16)])


def may_ask_again(address: str, form: str) -> None:
    """For somebody who has used their link, so the address is theirs, and fills in the form anew."""
    MailSent.objects.filter(address=keyed(address), form=form).delete()
