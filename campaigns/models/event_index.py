from django.utils.translation import gettext_lazy as _

from core.models import BasePage


class EventIndexPage(BasePage):
    tone = "leaf"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("events overview")
        verbose_name_plural = _("events overviews")

    def get_context(self, request, *args, **kwargs):
        # Asks for events, which themselves are models.
        from campaigns.events.search import EventSearch

        context = super().get_context(request, *args, **kwargs)
        context["search"] = search = EventSearch(request.GET)
        context["filters"], context["pages"] = search.filters, search.page()
        return context
