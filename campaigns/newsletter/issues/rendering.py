"""An issue as a mail, in one language. Readers' own links are marks that the sending fills in."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from campaigns.mailing.kinds import UNSUBSCRIBE, Text, mark
from campaigns.models import NewsletterIssue
from campaigns.newsletter.issues.contents import Entry, shown
from core.languages import LANGUAGE_NAMES, direction

PREFERENCES = "preferences"


@dataclass(frozen=True)
class Words:
    """A text and the language it is in, which is not always the reader's."""

    text: str
    language: str


def words(issue: NewsletterIssue, field: str, language: str) -> Words:
    return Words(*issue.words(field, language))


def mail(issue: NewsletterIssue, language: str) -> Text:
    with override(language):
        entries = shown(issue)
        context = {
            "subject": words(issue, "subject", language),
            "introduction": words(issue, "introduction", language),
            "entries": entries,
            "language": language,
            "dir": direction(language),
            "foreign": foreign_languages(issue, language, entries),
            "home": f"{settings.BASE_URL}/{language}/",
            "in_the_browser": web_address(issue, language),
            "unsubscribe": mark(UNSUBSCRIBE),
            "preferences": mark(PREFERENCES),
        }
        text = render_to_string("campaigns/newsletter/issue/mail.txt", context)
        html = render_to_string("campaigns/newsletter/issue/mail.html", context)
    return Text(language, context["subject"].text, text.strip() + "\n", html)


def foreign_languages(issue: NewsletterIssue, language: str, entries: list[Entry]) -> list[str]:
    """Names of other languages than the reader's that some of the texts are in."""
    own = [words(issue, field, language) for field in ("subject", "introduction")]
    used = {entry.text.language for entry in entries} | {each.language for each in own if each.text.strip()}
    return [LANGUAGE_NAMES[code] for code in sorted(used - {language})]


def web_address(issue: NewsletterIssue, language: str) -> str:
    with override(language):
        return settings.BASE_URL + reverse("campaigns:newsletter_issue", args=[issue.slug])
