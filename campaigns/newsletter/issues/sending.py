"""To whom an issue goes, and what each reader's mail carries; see campaigns.mailing.kinds."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.mailing.kinds import UNSUBSCRIBE, Kind, Text
from campaigns.models import Mailing, NewsletterIssue, NewsletterPage, Subscriber
from campaigns.newsletter import unsubscribing
from campaigns.newsletter.bounces import counting
from campaigns.newsletter.issues.contents import hidden, shown
from campaigns.newsletter.issues.rendering import PREFERENCES, mail
from core.languages import LANGUAGE_NAMES


def issue_of(mailing: Mailing) -> NewsletterIssue:
    return NewsletterIssue.objects.get(pk=mailing.about)


def readers(issue: NewsletterIssue) -> QuerySet:
    return Subscriber.objects.to_write_to(issue.topics.all())


def obstacle(issue: NewsletterIssue) -> str:
    """Why it cannot go out as it is, in the language of the admin; empty where nothing is missing."""
    if titles := hidden(issue):
        named = ", ".join(f"“{title}”" for title in titles)
        return _("These pages are not public: %(titles)s. Publish them or take them out.") % {"titles": named}
    if not issue.introduction.strip() and not shown(issue):
        return _("The issue is empty: it has neither an introduction nor items.")
    return ""


def sender() -> str:
    """Under the name that the newsletter's page gives it."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    page = NewsletterPage.objects.listed().first()
    shown_name = " ".join(page.sender_name.split()) if page else ""
    return str(Address(shown_name or name, addr_spec=address))


def _texts(mailing: Mailing) -> Iterator[Text]:
    issue = issue_of(mailing)
    for language in LANGUAGE_NAMES:
        yield mail(issue, language)


def _links(subscriber: Subscriber) -> dict[str, str]:
    return {
        UNSUBSCRIBE: unsubscribing.address(subscriber),
        PREFERENCES: unsubscribing.preferences_address(subscriber),
    }


NEWSLETTER = Kind(
    texts=_texts,
    recipients=lambda mailing: readers(issue_of(mailing)),
    links=_links,
    list_name="newsletter",
    sender=lambda mailing: sender(),
    obstacle=lambda mailing: obstacle(issue_of(mailing)),
    bounced=counting.refused,
)
