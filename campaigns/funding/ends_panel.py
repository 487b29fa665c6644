"""Which fundings of one's own projects end soon, on the first page of the admin."""

from wagtail.admin.ui.components import Component

from campaigns.desk.rights import keeps
from campaigns.funding.deadlines import tasks_of
from campaigns.models import ProjectPage


class FundingPanel(Component):
    name = "funding_ends"
    template_name = "campaigns/admin/funding_panel.html"
    order = 45

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"request": request, "tasks": tasks_of(request.user)}


def add_panel(request, panels: list) -> None:
    """A `construct_homepage_panels` hook."""
    if keeps(request.user, ProjectPage):
        panels.append(FundingPanel())
