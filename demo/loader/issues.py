"""Two issues of the sample newsletter: one that has gone out to the invented readers, and a draft."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from campaigns.models import (
    Delivery,
    Mailing,
    NewsletterIssue,
    NewsletterItem,
    NewsletterTranslation,
    Subscriber,
)
from campaigns.models.newsletter_issue import KIND
from demo.loader import texts
from demo.loader.references import References


@transaction.atomic
def load_issues() -> None:
    """Where there are issues, they stay as they are."""
    if NewsletterIssue.objects.exists():
        return
    references = References()
    for entry in texts.read("issues")["issue"]:
        issue = NewsletterIssue.objects.create(subject=entry["subject"], introduction=entry["introduction"])
        for order, path in enumerate(path for path in entry["items"] if references.has_page(path)):
            NewsletterItem.objects.create(issue=issue, page_id=references.page(path), sort_order=order)
        for language, words in entry.get("translations", {}).items():
            NewsletterTranslation.objects.create(issue=issue, language=language, **words)
        if entry.get("sent"):
            _note_as_sent(issue)


def _note_as_sent(issue: NewsletterIssue) -> None:
    """Three weeks ago: who got it has been forgotten since, how many they were has not."""
    moment = timezone.now() - timedelta(weeks=3)
    counted = Subscriber.objects.confirmed().order_by().values_list("language").annotate(Count("pk"))
    NewsletterIssue.objects.filter(pk=issue.pk).update(created_at=moment - timedelta(days=2))
    Mailing.objects.create(
        kind=KIND,
        about=issue.pk,
        title=issue.subject,
        state=Mailing.State.DONE,
        created_at=moment,
        send_at=moment,
        written_at=moment,
        prepared_at=moment,
        finished_at=moment + timedelta(minutes=4),
        figures={language: {Delivery.State.SENT: number} for language, number in counted},
    )
