"""The inbox on the first page of the admin: what is due first, and for leads and editors what waits for their word."""

from django.forms import Media
from wagtail.admin.ui.components import Component

from translations.inbox import tabs
from translations.inbox.waiting import waiting_for


class InboxPanel(Component):
    name = "translations_inbox"
    template_name = "translations/admin/home_panel.html"
    order = 40

    @property
    def media(self):
        return Media(css={"all": ["translations/inbox.css"]})

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        waiting = waiting_for(request.user)
        addresses = {tab.name: tab.address for tab in tabs.tabs_for(request.user)}
        return {"request": request, "waiting": waiting, "tabs": addresses}


def add_panel(request, panels: list) -> None:
    """A `construct_homepage_panels` hook."""
    if tabs.tabs_for(request.user):
        panels.append(InboxPanel())
