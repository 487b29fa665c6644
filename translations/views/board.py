"""The board, its table for spreadsheets, and what is done with many of its cells at once."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.listing import page_number
from translations.board import export
from translations.board.actions import ACTIONS, offered_to
from translations.board.links import Links
from translations.board.questions import Question, name_of
from translations.board.selection import Selection
from translations.board.table import Board
from translations.rights import languages_of
from translations.states import State

PER_PAGE = 50
ICONS = {
    State.MISSING: "circle-plus",
    State.PROGRESS: "edit",
    State.REVIEW: "glasses",
    State.OUTDATED: "history",
    State.CURRENT: "circle-check",
    State.GAPS: "warning",
}


class BoardPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "table"
    page_title = gettext_lazy("Translation board")
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not languages_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class BoardView(BoardPage):
    template_name = "translations/admin/board.html"

    def get_context_data(self, **kwargs):
        question = Question(self.request.GET, self.request.user)
        board = Board(question)
        page = Paginator(board.rows, PER_PAGE).get_page(page_number(self.request.GET))
        shown = [(row, board.places(row)) for row in page]
        return super().get_context_data(
            board=board,
            question=question,
            page=page,
            lines=lines(shown, Links(self.request.user, question.model, shown), question.user),
            columns=[(locale, name_of(locale)) for locale in question.columns],
            states=[(state, ICONS[state], board.counts[state]) for state in State],
            query=question.query(),
            page_query=f"{question.query()}&" if question.query() else "",
            actions=offered_to(self.request.user),
            **kwargs,
        )


def lines(shown, links: Links, user) -> list[dict]:
    return [
        {
            "row": row,
            "url": links.of_row(row),
            "kind": ContentType.objects.get_for_id(row.type_id).name if row.type_id else "",
            "address": f"/{row.url_path.removeprefix('/').partition('/')[2]}" if row.url_path else "",
            "places": [
                {
                    "place": place,
                    "name": name_of(place.locale),
                    "icon": ICONS[place.cell.state],
                    "url": links.of_place(row, place),
                    "assignee": assignee(place.assignment, user),
                }
                for place in places
            ],
        }
        for row, places in shown
    ]


def assignee(assignment, user) -> str:
    if assignment is None:
        return ""
    if assignment.person_id == user.pk:
        return _("Me")
    if assignment.person:
        return assignment.person.get_full_name() or assignment.person.get_username()
    return assignment.group.name if assignment.group else _("Everybody in the language")


def export_csv(request: HttpRequest) -> HttpResponse:
    """What the board shows for this question, one line for each text in each language."""
    if not languages_of(request.user):
        raise PermissionDenied
    board = Board(Question(request.GET, request.user))
    # Not streamed: the admin's language holds only until the view returns.
    response = HttpResponse("".join(export.lines(board)), content_type="text/csv; charset=utf-8")
    name = f"board-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def instead_of_report(request: HttpRequest) -> HttpResponse:
    """wagtail-localize's report names every text of every page to everybody; the board shows more, of what is theirs."""
    title = request.GET.get("title", "")[:100]
    return redirect(f"{reverse('translations:board')}?{urlencode({'q': title})}" if title else "translations:board")


class ActionView(BoardPage):
    """Asks for what the action needs to know, says what would be done, and then does it."""

    template_name = "translations/admin/board_action.html"
    http_method_names = ["post"]

    def post(self, request):
        question = Question(request.GET, request.user)
        back = f"{request.path.removesuffix('action/')}?{question.query()}"
        name = request.POST.get("action", "")
        if name not in ACTIONS or not ACTIONS[name].is_offered_to(request.user):
            messages.error(request, _("Choose what is to be done."))
            return redirect(back)
        selection = Selection(request.POST, question)
        if not selection.cells:
            messages.error(request, _("Choose pages and languages first."))
            return redirect(back)
        action = ACTIONS[name](selection, request.user)
        form = action.form(request.POST if "confirmed" in request.POST else None)
        if "confirmed" in request.POST and form.is_valid():
            return self._done(action, form, back)
        context = self.get_context_data(
            action=action,
            plan=action.plan,
            left_out=[*action.plan.left_out.items()],
            form=form,
            selection=selection,
            question=question,
            back=back,
        )
        return self.render_to_response(context)

    def _done(self, action, form, back: str):
        if not action.plan.items:
            messages.error(self.request, _("Nothing of this can be done."))
            return redirect(back)
        job = action.perform(form.cleaned_data)
        if job:
            return redirect("translations:job", job.pk)
        messages.success(self.request, action.message())
        return redirect(back)
