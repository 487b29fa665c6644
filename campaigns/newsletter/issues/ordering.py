"""What staff do with an issue: try it on themselves, order it, take the order back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaigns.mailing import planning
from campaigns.mailing.kinds import UNSUBSCRIBE, Text
from campaigns.mailing.letters import addressed
from campaigns.models import Mailing, NewsletterIssue
from campaigns.models.newsletter_issue import KIND
from campaigns.newsletter.issues.rendering import PREFERENCES, mail, web_address
from campaigns.newsletter.issues.sending import sender
from core.languages import LANGUAGE_NAMES


def send_trial(issue: NewsletterIssue, languages: list[str], address: str) -> None:
    """To one of us, through the outbox like any other mail. Links for readers lead to the issue itself."""
    for language in languages:
        text = mail(issue, language)
        subject = _("[Test, %(language)s] %(subject)s") % {
            "language": LANGUAGE_NAMES[language],
            "subject": text.subject,
        }
        links = dict.fromkeys((UNSUBSCRIBE, PREFERENCES), web_address(issue, language))
        trial = Text(language, subject, text.text, text.html)
        addressed(trial, sender(), address, links, {"Auto-Submitted": "auto-generated"}).send()


@transaction.atomic
def order(issue: NewsletterIssue, user, send_at: datetime | None = None) -> Mailing | None:
    """Now, or from `send_at` on. None where somebody has ordered it before."""
    NewsletterIssue.objects.select_for_update().get(pk=issue.pk)
    mailing = planning.plan(KIND, issue.pk, issue.subject, user, send_at)
    if mailing:
        log(issue, "campaigns.newsletter_ordered", user=user, data={"send_at": (send_at or timezone.now()).isoformat()})
    return mailing


# What can be done with an order, by the name of its button.
STEPS = {
    "take-back": planning.take_back,
    "pause": planning.pause,
    "go-on": planning.go_on,
    "cancel": planning.cancel,
}


@transaction.atomic
def take_step(issue: NewsletterIssue, step: str, user) -> bool:
    """False where it cannot be done any more."""
    done = bool(issue.mailing and STEPS[step](issue.mailing))
    if done:
        log(issue, "campaigns.newsletter_steered", user=user, data={"step": step})
    return done
