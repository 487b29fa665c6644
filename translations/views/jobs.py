"""How far a job has come, for whoever started it and for administrators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.listing import page_number
from translations import jobs
from translations.models import Job

PER_PAGE = 50


class JobsPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"
    _show_breadcrumbs = True


class JobsView(JobsPage):
    page_title = gettext_lazy("Jobs")
    template_name = "translations/admin/jobs.html"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        seen = Paginator(jobs.seen_by(self.request.user).select_related("started_by"), PER_PAGE)
        return super().get_context_data(jobs=seen.get_page(page_number(self.request.GET)), **kwargs)


class JobView(JobsPage):
    template_name = "translations/admin/job.html"

    def get_page_title(self):
        return self.job.title

    def get_breadcrumbs_items(self):
        above = {"url": reverse("translations:jobs"), "label": JobsView.page_title}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.job.title}]

    def get_context_data(self, pk, **kwargs):
        self.job = seen(self.request, pk)
        problems = self.job.items.exclude(problem="").order_by("number")
        page = Paginator(problems, PER_PAGE).get_page(page_number(self.request.GET))
        return super().get_context_data(job=self.job, problems=page, **kwargs)


def seen(request: HttpRequest, pk: int) -> Job:
    """Not found rather than forbidden: nobody learns which jobs of others there are."""
    return get_object_or_404(jobs.seen_by(request.user), pk=pk)


@require_POST
def cancel(request: HttpRequest, pk: int):
    job = seen(request, pk)
    if jobs.cancel(job.pk):
        messages.success(request, _("Cancelled. What was done before stays."))
    return redirect("translations:job", job.pk)


@require_GET
def progress(request: HttpRequest, pk: int):
    job = seen(request, pk)
    return JsonResponse({"at_work": job.is_at_work, "done": job.done, "total": max(job.total, 1)})
