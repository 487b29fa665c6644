"""Mails around the newsletter. Nothing in them was typed by a visitor."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import NewsletterPage, Subscriber
from campaigns.newsletter import unsubscribing
from campaigns.opt_in import mails
from campaigns.opt_in.mails import Mail
from core.addresses import absolute


def ask(subscriber: Subscriber, page: NewsletterPage, address: str) -> Mail:
    """Was that you? `address` is the link to confirm with."""
    words = {"words": page.confirmation_text, "address": address}
    return _mail("ask", subscriber, page, _("Please confirm that you want our newsletter"), words)


def known(subscriber: Subscriber, page: NewsletterPage) -> Mail:
    """Somebody subscribed with an address that gets the newsletter already."""
    return _mail("known", subscriber, page, _("You get our newsletter already"), {})


def thank(subscriber: Subscriber, page: NewsletterPage) -> Mail:
    return _mail("thank", subscriber, page, _("Welcome to our newsletter"), {"words": page.thanks_text})


def _mail(name: str, subscriber: Subscriber, page: NewsletterPage, subject: str, context: dict) -> Mail:
    context = context | {
        "title": page.title,
        "page": absolute(page.source, subscriber.language),
        "preferences": unsubscribing.preferences_address(subscriber),
        "unsubscribe": unsubscribing.address(subscriber),
    }
    return mails.mail(f"campaigns/newsletter/mails/{name}", subject, subscriber.email, subscriber.language, context)
