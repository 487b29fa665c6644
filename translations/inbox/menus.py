from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from translations.inbox import tabs


class InboxItem(MenuItem):
    def is_shown(self, request):
        return bool(tabs.tabs_for(request.user))

    def render_component(self, request):
        """Opens on the first part that the user has."""
        first = tabs.tabs_for(request.user)[0]
        return LinkMenuItem(self.name, self.label, first.address, icon_name=self.icon_name, classname=self.classname)


def inbox_item() -> MenuItem:
    return InboxItem(_("My inbox"), tabs.MINE.address, icon_name="tasks", name="inbox", order=20)
