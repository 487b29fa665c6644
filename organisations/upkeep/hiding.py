"""Hide now: what an organisation, or whoever looks after it, wants out of the public's sight. No approval, no delay."""

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from organisations.models import OrganisationPage
from organisations.models.entry import FORM_ONLY
from organisations.safety import release
from organisations.upkeep import mails
from organisations.upkeep.record import locked_record, save_and_release


@transaction.atomic
def hide_contact(page: OrganisationPage, user=None) -> None:
    """Neither place nor phone number are public from now on, in no list, map, file or language."""
    record = locked_record(page)
    record.precision, record.shows_phone = FORM_ONLY, False
    save_and_release(page, record, ["precision", "shows_phone"])
    log(page, "organisations.contact_hidden", user=user)
    mails.tell_hidden(page, "contact", user)


@transaction.atomic
def hide_profile(page: OrganisationPage, user=None) -> None:
    """The profile and its translations are no longer public; nothing of them is lost."""
    page = OrganisationPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    # Whoever looks after it may hide it, even who may not publish. Translations follow: translations/carry_over.py.
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    release(page)
    log(page, "organisations.profile_hidden", user=user)
    mails.tell_hidden(page, "profile", user)
