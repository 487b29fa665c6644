"""Machine translation: what it has cost this month, what is under way, and the rules that administrators make."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from core.languages import LANGUAGE_NAMES
from translations import jobs
from translations.machine import budget, policy, starting
from translations.machine.failures import OverBudget
from translations.machine.providers import available, provider_for
from translations.models import Job, MachinePolicy
from translations.models.glossary import target_languages
from translations.rights import SUBMIT, is_administrator, languages_of

JOBS_SHOWN = 20


def languages_for(user) -> list[str]:
    """Languages whose machine translation the user has to do with; whoever orders translations has with all."""
    served = [code for code, _name in target_languages() if available(code)]
    if is_administrator(user) or (user.has_perm(SUBMIT) and "de" in languages_of(user)):
        return served
    return [code for code in served if code in languages_of(user)]


class MachineView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translations/admin/machine.html"
    page_title = gettext_lazy("Machine translation")
    header_icon = "cogs"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not available():
            raise Http404
        self.languages = languages_for(request.user)
        if not self.languages:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        used = budget.used()
        seen = jobs.seen_by(self.request.user).filter(kind=starting.KIND)
        return super().get_context_data(
            gauges=[self.gauge(code, used) for code in self.languages],
            month=budget.this_month(),
            limit=settings.MACHINE_WORDS_PER_MONTH,
            running=seen.filter(state=Job.RUNNING).select_related("started_by")[:JOBS_SHOWN],
            rules=self.rules(),
            **kwargs,
        )

    def gauge(self, code: str, used: dict[str, int]) -> dict:
        words = used.get(code, 0)
        left = max(0, settings.MACHINE_WORDS_PER_MONTH - words)
        return {
            "language": code,
            "name": LANGUAGE_NAMES[code],
            "provider": provider_for(code).label,
            "used": words,
            "used_text": number_format(words, force_grouping=True),
            "left_text": number_format(left, force_grouping=True),
        }

    def rules(self) -> list[tuple]:
        """Page types and whether they may go live unread; only for administrators."""
        if not is_administrator(self.request.user):
            return []
        policies = MachinePolicy.objects.filter(may_publish_unreviewed=True)
        allowed = {*policies.values_list("content_type", flat=True)}
        return [(content_type, content_type.pk in allowed) for content_type in policy.page_types()]


@require_POST
def keep_rules(request: HttpRequest) -> HttpResponse:
    if not is_administrator(request.user):
        raise PermissionDenied
    if not available():
        raise Http404
    chosen = {int(value) for value in request.POST.getlist("page_type") if value.isascii() and value.isdigit()}
    policy.allow_only(chosen, request.user)
    messages.success(request, _("Saved."))
    return redirect("translations:machine")


@require_POST
def start(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Also at the address of wagtail-localize's own button."""
    translations = Translation.objects.select_related("source", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id)
    if not available(translation.target_locale.language_code):
        raise Http404
    back = get_valid_next_url_from_request(request)
    try:
        job = starting.request([translation], request.user)
    except OverBudget as refused:
        messages.error(request, str(refused))
        return redirect(back or "translations:machine")
    progress = reverse("translations:job", args=[job.pk])
    if not back:
        return redirect(progress)
    text = _("The machine fills in what is still open. You may go on working meanwhile; nothing of yours is replaced.")
    messages.success(request, text, buttons=[messages.button(progress, _("Progress"))])
    return redirect(back)
