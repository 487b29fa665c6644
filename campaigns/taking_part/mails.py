"""Mails to those who sign."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignPage, SignUp
from campaigns.opt_in import mails
from campaigns.opt_in.mails import Mail
from core.addresses import absolute
from core.languages import SOURCE_LANGUAGE


def ask(sign_up: SignUp, address: str) -> Mail:
    """Was that you?"""
    return _mail("ask", sign_up, _("Please confirm that you take part"), address)


def known(sign_up: SignUp, address: str) -> Mail:
    """Somebody signed with an address that has confirmed before."""
    return _mail("known", sign_up, _("You take part already"), address)


def thank(sign_up: SignUp, address: str) -> Mail:
    return _mail("thank", sign_up, _("Thank you for taking part"), address)


def _mail(name: str, sign_up: SignUp, subject: str, address: str) -> Mail:
    campaign = _page(sign_up)
    context = {"campaign": campaign, "title": campaign.title, "address": address}
    context["page"] = absolute(campaign, sign_up.language)
    return mails.mail(f"campaigns/mails/{name}", subject, sign_up.email, sign_up.language, context)


def _page(sign_up: SignUp) -> CampaignPage:
    """The campaign in the language of the signer, for what its editors have written there."""
    if sign_up.language == SOURCE_LANGUAGE:
        return sign_up.campaign
    pages = CampaignPage.objects.live().filter(translation_key=sign_up.campaign.translation_key, alias_of=None)
    return pages.filter(locale__language_code=sign_up.language).first() or sign_up.campaign
