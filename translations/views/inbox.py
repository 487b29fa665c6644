"""The inbox: what waits for somebody, in their languages, with what they can do about it."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView

from translations.inbox import tabs, work
from translations.inbox.filters import InboxFilters
from translations.models import Assignment

PER_PAGE = 30


class InboxView(BaseListingView):
    """One tab; the subclasses say of what."""

    model = Assignment
    template_name = "translations/admin/inbox.html"
    results_template_name = "translations/admin/inbox_results.html"
    page_title = _("My inbox")
    header_icon = "tasks"
    filterset_class = InboxFilters
    is_searchable = True
    paginate_by = PER_PAGE
    tab = tabs.MINE
    empty = _("Nothing waits for you. Thank you!")

    def dispatch(self, request, *args, **kwargs):
        if self.tab.name not in {tab.name for tab in self.tabs}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def tabs(self) -> list[tabs.Tab]:
        return tabs.tabs_for(self.request.user)

    def tasks(self) -> list[work.Task]:
        return work.mine(self.request.user)

    def get_base_queryset(self):
        return self.tasks()

    def order_queryset(self, queryset):
        return queryset  # by urgency: the reader should not have to think about it

    def search_queryset(self, queryset):
        words = self.search_query.casefold().split()
        return [task for task in queryset if all(word in task.title.casefold() for word in words)]

    @cached_property
    def index_url(self):
        return reverse(self.tab.url_name)

    @cached_property
    def index_results_url(self):
        return reverse(f"{self.tab.url_name}_results")

    def get_page_subtitle(self):
        return self.tab.label

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "tab": self.tab,
            "tabs": self.tabs,
            "no_results_message": self.empty,
            "may_assign": tabs.REVIEW in self.tabs,
            "for_editors": self.tab is tabs.ASKED,
        }


class LanguageView(InboxView):
    tab = tabs.LANGUAGE
    empty = _("Everything in your language is up to date or in good hands.")

    def tasks(self):
        return work.everybodys(self.request.user)


class ReviewView(InboxView):
    tab = tabs.REVIEW
    empty = _("No translation waits for a review or for being published.")

    def tasks(self):
        return work.for_review(self.request.user)


class AskedView(InboxView):
    tab = tabs.ASKED
    empty = _("Everything you have asked for is there.")

    def tasks(self):
        return work.asked_for(self.request.user)
