"""What must hold before a page goes live, whichever way it goes: by the editor, an approval, a date that was set, many
pages at once, a release.

Packages append to `CHECKS`. `BasePage.save` asks them in the moment a version becomes the public one; who could not
go live by the clock is taken off the schedule, and the people concerned get a mail.
"""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Revision

from core.languages import preferred_language
from core.models.user import User

logger = logging.getLogger(__name__)

CHECKS: list[Callable[[Page], Iterable[str]]] = []


class NotReady(ValidationError):
    """Says why the page does not go live."""


def reasons(page: Page) -> list[str]:
    """What stands against it; nothing where it may go live."""
    return [reason for check in CHECKS for reason in check(page)]


def demand(page: Page) -> None:
    if found := reasons(page):
        raise NotReady(found)


def take_unready_off_the_schedule() -> int:
    """Before those that are due go live: one that is refused would hold up all others, every minute anew."""
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lt=timezone.now())
    taken = 0
    for revision in due.select_related("user"):
        page = revision.as_object()
        with override(preferred_language(revision.user)):
            found = reasons(page)
        if found:
            taken += _take_off(revision, page, found)
    return taken


@transaction.atomic
def _take_off(revision: Revision, page: Page, found: list[str]) -> bool:
    """Whoever changes the row sends the mails, so that they are sent once."""
    scheduled = Revision.objects.filter(pk=revision.pk).exclude(approved_go_live_at=None)
    if not scheduled.update(approved_go_live_at=None):
        return False
    logger.warning("Page %s did not go live at its time: %s", page.pk, "; ".join(found))
    for user in {user.pk: user for user in (revision.user, page.owner) if user}.values():
        _tell(user, page)
    return True


def _tell(user: User, page: Page) -> None:
    if not user.is_active or not user.email:
        return
    with override(preferred_language(user)):
        context = {
            "title": page.title,
            "reasons": reasons(page),
            "address": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        subject = _("Not published: %(title)s") % {"title": " ".join(page.title.split())}
        text = render_to_string("core/mails/not_published.txt", context)
        EmailMessage(subject, text, to=[user.email]).send()
