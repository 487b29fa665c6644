"""The notes of readers, in the languages of whoever looks: what is wrong where, and whether somebody has seen to it."""

import django_filters
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request

from core.languages import LANGUAGE_NAMES
from translations.inbox import notes, tabs
from translations.models import ReaderNote
from translations.views.inbox import InboxView

OPEN, HANDLED = "open", "handled"


class NoteFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Notes"), choices=[(OPEN, _("open")), (HANDLED, _("seen to"))], method="by_state"
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), field_name="locale__language_code", choices=[*LANGUAGE_NAMES.items()]
    )

    class Meta:
        model = ReaderNote
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)

    def by_state(self, found, name, value):
        return found.filter(handled_at__isnull=value == OPEN)


class NotesView(InboxView):
    tab = tabs.NOTES
    model = ReaderNote
    results_template_name = "translations/admin/notes_results.html"
    filterset_class = NoteFilters
    empty = _("No reader has found anything wrong.")

    def get_base_queryset(self):
        return notes.notes_seen_by(self.request.user)

    def order_queryset(self, found):
        """Open ones first, and of those the oldest: somebody has waited longest."""
        return found.order_by(F("handled_at").desc(nulls_first=True), "created_at", "pk")

    def search_queryset(self, found):
        for word in self.search_query.split():
            found = found.filter(text__icontains=word)
        return found

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, has_other_pages = super().paginate_queryset(queryset, page_size)
        page.object_list = rows = notes.with_pages(rows)
        return paginator, page, rows, has_other_pages


@require_POST
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    notes.handle(_own(request, pk), request.user)
    messages.success(request, gettext("Seen to. Thank you!"))
    return redirect(get_valid_next_url_from_request(request) or "translations:inbox_notes")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    notes.reopen(_own(request, pk))
    messages.success(request, gettext("The note is open again."))
    return redirect(get_valid_next_url_from_request(request) or "translations:inbox_notes")


def _own(request: HttpRequest, pk: int) -> ReaderNote:
    """Those of others do not exist for the user."""
    return get_object_or_404(notes.notes_seen_by(request.user), pk=pk)
