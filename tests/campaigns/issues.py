"""An issue with an item in Arabic and one that is German only, and its readers."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns.models import (
    CampaignPage,
    ConsentText,
    EventPage,
    NewsletterIssue,
    NewsletterItem,
    NewsletterTranslation,
    ProjectPage,
    Subscriber,
)
from campaigns.newsletter.issues import ordering
from news.models import NewsIndexPage, NewsPage
from stories.models import StoryPage
from tests.campaigns.readers import address_of
from tests.site.world import PARENTS, make, translate

LANGUAGES = ("de", "ar", "tr")
INTRODUCTION = "Liebe Leser*innen,\n\nmehr unter https://www.example.org/mehr."
ARABIC_INTRODUCTION = "أعزاءنا القراء،"


def news(site, slug="konferenz", title="Konferenz in Kassel", **values) -> NewsPage:
    return make(NewsPage, NewsIndexPage.objects.child_of(site).get(), slug, title, **values)


def in_arabic(page: NewsPage, title="مؤتمر في كاسل") -> NewsPage:
    return translate(page, NewsIndexPage.objects.get(locale=Locale.objects.get(language_code="ar")), title)


def page(site, model, slug, title, **values):
    return make(model, Page.objects.child_of(site).get(slug=PARENTS[model]), slug, title, **values)


def issue(*pages, subject="Neues im Dezember", arabic=True, **values) -> NewsletterIssue:
    made = NewsletterIssue.objects.create(subject=subject, introduction=INTRODUCTION, **values)
    for order, item in enumerate(pages):
        NewsletterItem.objects.create(issue=made, page=item, sort_order=order)
    if arabic:
        NewsletterTranslation.objects.create(
            issue=made, language="ar", subject="جديد ديسمبر", introduction=ARABIC_INTRODUCTION
        )
    return NewsletterIssue.objects.get(pk=made.pk)


def full_issue(site) -> NewsletterIssue:
    """With a page of every type that an issue may tell of."""
    starts = timezone.now() + timedelta(days=3)
    return issue(
        news(site),
        page(site, EventPage, "fest", "Sommerfest", starts_at=starts, ends_at=starts, place="Kassel"),
        page(site, CampaignPage, "aktion", "Eine Aktion"),
        page(site, ProjectPage, "vorhaben", "Ein Vorhaben"),
        page(site, StoryPage, "vorbild", "Ein Vorbild"),
    )


def readers(count=9) -> None:
    """Everybody has confirmed; the languages take turns."""
    consent = ConsentText.objects.get_or_create(language="de", digest="1" * 64, defaults={"text": "Ja."})[0]
    Subscriber.objects.bulk_create(
        Subscriber(
            email=address_of(number),
            email_key=address_of(number),
            keyed=f"{number:064}",
            consent=consent,
            language=LANGUAGES[number % 3],
            confirmed_at=timezone.now(),
        )
        for number in range(count)
    )


def order(made: NewsletterIssue, user=None, **values):
    return ordering.order(made, user, **values)
