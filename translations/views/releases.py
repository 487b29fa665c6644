"""Releases: the list, one with what is ready and what is missing, and everything people do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.listing import page_number
from translations.models import Release, ReleaseItem
from translations.releases import german, planning, rights
from translations.releases.forms import PageForm, ReleaseForm
from translations.releases.problems import Problem, read
from translations.releases.readiness import Cell, Readiness, readiness
from translations.rights import SUBMIT, languages_of, may_change, may_read
from translations.tasks import release_due

PER_PAGE = 30


class ReleasePage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "date"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        above = (
            [] if isinstance(self, Releases) else [{"url": reverse("translations:releases"), "label": _("Releases")}]
        )
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.get_page_title()}]


class Releases(ReleasePage):
    page_title = gettext_lazy("Releases")
    template_name = "translations/admin/releases.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not languages_of(user):
            raise PermissionDenied
        found = rights.seen_by(user).prefetch_related("items", "languages__locale").select_related("created_by")
        page = Paginator(found, PER_PAGE).get_page(page_number(self.request.GET))
        return super().get_context_data(releases=page, may_plan=rights.may_plan(user), **kwargs)


class Edit(ReleasePage):
    """A new release, or another name, time or set of languages for one."""

    template_name = "translations/admin/release_form.html"

    def dispatch(self, request, *args, pk=None, **kwargs):
        self.release = seen(request, pk) if pk else None
        if not rights.may_plan(request.user) or (self.release and not rights.may_steer(request.user, self.release)):
            raise PermissionDenied
        if self.release and not self.release.is_open:
            messages.error(request, _("This release is over and cannot be changed any more."))
            return redirect("translations:release", self.release.pk)
        self.pages = [] if self.release else self._wished(request.POST if request.method == "POST" else request.GET)
        return super().dispatch(request, *args, **kwargs)

    def _wished(self, data) -> list[Page]:
        """Pages the user came from, or marked on the board: `?page=1` or `?pages=1,2`."""
        texts = [*data.getlist("page"), *",".join(data.getlist("pages")).split(",")]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 10][:100]
        pages = Page.objects.filter(pk__in=numbers, depth__gt=1, locale__language_code=SOURCE_LANGUAGE)
        return [page for page in pages.order_by("path") if may_change(self.request.user, page)]

    def get_page_title(self):
        return self.release.name if self.release else _("New release")

    def get(self, request, *args, **kwargs):
        return self._answer(ReleaseForm(instance=self.release))

    def post(self, request, *args, **kwargs):
        form = ReleaseForm(request.POST, instance=self.release)
        if not form.is_valid():
            return self._answer(form, 422)
        try:
            release = self._save(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self._answer(form, 422)
        messages.success(request, _("Saved."))
        return redirect("translations:release", release.pk)

    @transaction.atomic
    def _save(self, form: ReleaseForm) -> Release:
        user, new = self.request.user, self.release is None
        if new:
            form.instance.created_by = form.instance.started_by = user
            form.save()
        elif planning.set_time(self.release, form.cleaned_data["go_live_at"], user):
            Release.objects.filter(pk=self.release.pk).update(name=form.cleaned_data["name"])
        else:
            raise ValidationError(_("This release is over and cannot be changed any more."))
        form.save_languages()
        for page in self.pages:
            planning.add(form.instance, page, user)
        planning.check_size(form.instance)
        return form.instance

    def _answer(self, form, status=200):
        context = self.get_context_data(form=form, pages=self.pages, release=self.release)
        return self.render_to_response(context, status=status)


class Detail(ReleasePage):
    template_name = "translations/admin/release.html"

    def get_page_title(self):
        return self.release.name

    def get(self, request, pk):
        self.release = seen(request, pk)
        return super().get(request)

    def get_context_data(self, **kwargs):
        user, release = self.request.user, self.release
        table = readiness(release)
        may_steer = rights.may_steer(user, release)
        for row in table.rows:
            row.is_shown = rights.may_see_title(user, row.german.page)
            row.may_edit = bool(row.german.page and may_change(user, row.german.page))
            for cell in row.cells:
                cell.may_call_ready = rights.may_call_ready(user, cell, release)
                cell.url = _address(cell, user)
                cell.request_url = _request_address(cell, row.german.page, user) if release.is_open else ""
        return super().get_context_data(
            release=release,
            table=table,
            missing=self._own(table.problems) if release.is_open else [],
            report=self._own(read(release.report)),
            may_steer=may_steer and release.is_open,
            page_form=PageForm() if may_steer and release.is_open else None,
            now=timezone.now(),
            **kwargs,
        )

    def _own(self, problems: list[Problem]) -> list[Problem]:
        """Titles of German drafts are for those who plan."""
        if rights.may_plan(self.request.user):
            return problems
        languages = languages_of(self.request.user)
        return [problem for problem in problems if problem.is_for_leads and problem.language in languages]


def _address(cell: Cell, user) -> str:
    if cell.page and may_change(user, cell.page):
        return reverse("wagtailadmin_pages:edit", args=[cell.page.pk])
    return ""


def _request_address(cell: Cell, page: Page | None, user) -> str:
    """Where a translation is asked for; texts in Leichte Sprache are written, not asked for."""
    wanted = cell.problem and cell.problem.code == "not requested" and cell.locale.language_code != EASY_LANGUAGE
    own = rights.may_plan(user) or cell.locale.language_code in languages_of(user)
    if not (wanted and own and page and user.has_perm(SUBMIT) and may_read(user, page)):
        return ""
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return f"{address}?select_locale={cell.locale.language_code}"


def seen(request: HttpRequest, pk: int) -> Release:
    """Not found rather than forbidden: nobody learns what is planned elsewhere."""
    return get_object_or_404(rights.seen_by(request.user), pk=pk)


def steered(request: HttpRequest, pk: int) -> Release:
    release = seen(request, pk)
    if not rights.may_steer(request.user, release):
        raise PermissionDenied
    return release


def over(request: HttpRequest, release: Release) -> HttpResponse:
    messages.error(request, _("This release is over and cannot be changed any more."))
    return redirect("translations:release", release.pk)


@require_POST
def release_now(request: HttpRequest, pk: int) -> HttpResponse:
    release = steered(request, pk)
    if not planning.set_time(release, timezone.now(), request.user):
        return over(request, release)
    transaction.on_commit(lambda: release_due.enqueue())
    messages.success(request, _("The release goes live within the next minute, if nothing is missing."))
    return redirect("translations:release", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    release = steered(request, pk)
    if not planning.cancel(release):
        return over(request, release)
    messages.success(request, _("The release is cancelled. Nothing was published."))
    return redirect("translations:release", pk)


@require_POST
def add_page(request: HttpRequest, pk: int) -> HttpResponse:
    release, form = steered(request, pk), PageForm(request.POST)
    if not release.is_open:
        return over(request, release)
    try:
        if not form.is_valid():
            raise ValidationError(_("Choose a German page."))
        planning.add(release, form.cleaned_data["page"], request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("translations:release", pk)


@require_POST
def change_page(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Leave it out, or choose which German text goes live."""
    release = steered(request, pk)
    if not release.is_open:
        return over(request, release)
    item = get_object_or_404(ReleaseItem, pk=item_id, release=release)
    if request.POST.get("action") == "remove":
        planning.remove(item)
        return redirect("translations:release", pk)
    page = german.pages_of([item.translation_key]).get(item.translation_key)
    if page:
        with transaction.atomic():
            german.choose(item, page, draft=request.POST.get("action") == "draft")
        messages.success(request, _("Chosen. Translators now see this German text."))
    return redirect("translations:release", pk)


@require_POST
def call_ready(request: HttpRequest, pk: int, item_id: int, locale_id: int) -> HttpResponse:
    release = seen(request, pk)
    cell = _cell(readiness(release), item_id, locale_id)
    if cell is None or not rights.may_call_ready(request.user, cell, release):
        raise PermissionDenied
    try:
        if request.POST.get("action") == "back":
            planning.take_back(cell, release)
        elif cell.awaits_word:
            planning.call_ready(cell, release, request.user)
            messages.success(request, _("Thank you. This text goes live with the release."))
        elif cell.problem:
            messages.error(request, cell.problem.reason)
    except ValidationError as error:
        messages.error(request, _("A text does not fit its field: %(reason)s") % {"reason": "; ".join(error.messages)})
    return redirect("translations:release", pk)


def _cell(table: Readiness, item_id: int, locale_id: int) -> Cell | None:
    return next((c for c in table.cells if (c.item.pk, c.locale.pk) == (item_id, locale_id)), None)
