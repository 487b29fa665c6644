"""Issues of the newsletter for everybody: the archive, and each issue "in the browser". Any cache may hold them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.models import NewsletterIssue, NewsletterPage
from campaigns.newsletter.issues.contents import shown
from campaigns.newsletter.issues.rendering import web_address, words
from core.languages import reader_language
from core.listing import paginate

LONGEST_KEY = 18  # digits


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    language = reader_language()
    issues = NewsletterIssue.objects.public().with_subject_in(language)
    context = {
        "newsletter": newsletter_page(),
        "pages": paginate(issues, request.GET),
        "canonical": settings.BASE_URL + reverse("campaigns:newsletter_archive"),
    }
    return render(request, "campaigns/newsletter/archive.html", context)


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    found, language = issue_at(slug), reader_language()
    introduction = words(found, "introduction", language)
    context = {
        "newsletter": newsletter_page(),
        "issue": found,
        "subject": words(found, "subject", language),
        "introduction": introduction,
        "entries": shown(found),
        "canonical": web_address(found, introduction.language),
    }
    return render(request, "campaigns/newsletter/issue.html", context)


def issue_at(slug: str) -> NewsletterIssue:
    key = slug.rpartition("-")[2]
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        raise Http404
    found = NewsletterIssue.objects.public().filter(pk=key).first()
    if found is None or found.slug != slug:
        raise Http404
    return found


def newsletter_page() -> NewsletterPage | None:
    return NewsletterPage.objects.listed().with_text().first()
