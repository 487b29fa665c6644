"""One issue in the CMS: its mail in every language as readers get it, a test, the order, and how far it has come."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.mailing import figures
from campaigns.mailing.kinds import UNSUBSCRIBE, filled
from campaigns.models import Delivery, NewsletterIssue
from campaigns.newsletter.issues import ordering, rendering
from campaigns.newsletter.issues.sending import obstacle, readers
from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE, direction
from translations.releases.forms import BerlinTime

# Scripts, pictures, forms: nothing of that kind is in our mails, and nothing of it would run here.
PREVIEW_CSP = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}
NOW, LATER = "now", "later"


class OrderForm(forms.Form):
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[(NOW, gettext_lazy("Send now")), (LATER, gettext_lazy("Send later"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    send_at = BerlinTime(
        label=gettext_lazy("Date and time"),
        required=False,
        help_text=gettext_lazy("Berlin time, whatever time zone your account has."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") != LATER:
            cleaned["send_at"] = None
        elif "send_at" not in self.errors and not cleaned.get("send_at"):
            self.add_error("send_at", _("Choose when the issue is to go out."))
        elif cleaned.get("send_at") and cleaned["send_at"] <= timezone.now():
            self.add_error("send_at", _("This time has passed."))
        return cleaned


class IssueView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "campaigns/admin/newsletter_issue.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.issue = seen(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.issue.subject

    def get_breadcrumbs_items(self):
        above = {"url": reverse("newsletter_issues:index"), "label": _("Newsletter issues")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.issue.subject}]

    def post(self, request, pk):
        """The order."""
        form = OrderForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        send_at = form.cleaned_data["send_at"]
        # What is missing now may be public by then; it is looked at again when the time has come.
        missing = "" if send_at else obstacle(self.issue)
        if missing:
            form.add_error(None, missing)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if ordering.order(self.issue, request.user, send_at) is None:
            messages.error(request, _("Somebody has ordered this issue already."))
        return redirect("newsletter_admin:issue", pk)

    def get_context_data(self, **kwargs):
        issue, mailing, language = self.issue, self.issue.mailing, chosen_language(self.request)
        kwargs.setdefault("form", OrderForm())
        return super().get_context_data(
            issue=issue,
            mailing=mailing,
            language=language,
            dir=direction(language),
            tabs=tabs(issue, language),
            text=shown_text(issue, language).text,
            missing="" if mailing and mailing.written_at else obstacle(issue),
            figures=outcomes(mailing) if mailing and mailing.written_at else [],
            progress=figures.progress(mailing) if mailing else None,
            under_way=bool(mailing and is_under_way(mailing)),
            readers=reader_counts(issue) if not (mailing and mailing.written_at) else [],
            web_address=rendering.web_address(issue, language),
            **kwargs,
        )


def seen(request: HttpRequest, pk: int) -> NewsletterIssue:
    if not request.user.has_perm("campaigns.change_newsletterissue"):
        raise PermissionDenied
    return get_object_or_404(NewsletterIssue, pk=pk)


def chosen_language(request: HttpRequest) -> str:
    language = request.GET.get("language", "")
    return language if language in LANGUAGE_NAMES else SOURCE_LANGUAGE


def tabs(issue: NewsletterIssue, chosen: str) -> list[dict]:
    """Each language, and whether its introduction is German."""
    return [
        {
            "code": code,
            "name": name,
            "chosen": code == chosen,
            "german": code != SOURCE_LANGUAGE and issue.words("introduction", code)[1] != code,
        }
        for code, name in LANGUAGE_NAMES.items()
    ]


def shown_text(issue: NewsletterIssue, language: str):
    """As it went out; before that, as it would go out now."""
    sent = issue.mailing and issue.mailing.texts.filter(language=language).first()
    return sent or rendering.mail(issue, language)


def reader_counts(issue: NewsletterIssue) -> list[tuple[str, int]]:
    found = dict(readers(issue).order_by().values_list("language").annotate(Count("pk", distinct=True)))
    return [(name, found[code]) for code, name in LANGUAGE_NAMES.items() if found.get(code)]


def outcomes(mailing) -> list[tuple[str, list]]:
    """A table: outcomes that there are, then all languages together and each of them."""
    counted = figures.by_language(mailing)
    found = [
        (state, label) for state, label in Delivery.State.choices if any(row.get(state) for row in counted.values())
    ]
    if not found:
        return []
    rows = [
        (name, [counted[code].get(state, 0) for state, _label in found])
        for code, name in LANGUAGE_NAMES.items()
        if code in counted
    ]
    sums = [sum(numbers) for numbers in zip(*(numbers for _name, numbers in rows), strict=True)]
    return [("", [label for _state, label in found]), (_("all languages"), sums), *rows]


@require_GET
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    issue = seen(request, pk)
    if language not in LANGUAGE_NAMES:
        raise Http404
    nowhere = dict.fromkeys((UNSUBSCRIBE, rendering.PREFERENCES), "#")
    response = HttpResponse(filled(shown_text(issue, language).html, nowhere))
    response._csp_config = PREVIEW_CSP
    return response


@require_POST
def send_trial(request: HttpRequest, pk: int) -> HttpResponse:
    issue, language = seen(request, pk), request.POST.get("language", "")
    address = request.user.email
    if not address:
        messages.error(request, _("Your account has no email address."))
    else:
        languages = [language] if language in LANGUAGE_NAMES else [*LANGUAGE_NAMES]
        ordering.send_trial(issue, languages, address)
        messages.success(request, _("The test is on its way to %(address)s.") % {"address": address})
    back = reverse("newsletter_admin:issue", args=[pk])
    return redirect(f"{back}?language={language}" if language in LANGUAGE_NAMES else back)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    issue = seen(request, pk)
    if name not in ordering.STEPS:
        raise Http404
    if not ordering.take_step(issue, name, request.user):
        messages.error(request, _("This was not possible any more. The page shows how things stand now."))
    return redirect("newsletter_admin:issue", pk)


@require_GET
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    mailing = seen(request, pk).mailing
    if mailing is None:
        raise Http404
    done, total = figures.progress(mailing)
    return JsonResponse({"at_work": is_under_way(mailing), "done": done, "total": max(total, 1)})


def is_under_way(mailing) -> bool:
    """Whether the bar moves, or is about to."""
    if mailing.trouble:
        return False
    is_starting = mailing.state == mailing.State.PLANNED and mailing.send_at <= timezone.now()
    return is_starting or mailing.state == mailing.State.RUNNING
