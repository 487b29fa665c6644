"""What waits for whoever looks after organisations, on the first page of the admin."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from organisations.member_list.applying import ready
from organisations.member_list.rights import imports_seen_by
from organisations.models import OrganisationPage
from organisations.overview import overdue
from organisations.rights import keeps_organisations, organisations_of
from organisations.views.proposals import proposals_of

SHOWN = 5


class WaitingPanel(Component):
    name = "organisations_waiting"
    template_name = "organisations/admin/home_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        if not keeps_organisations(user):
            return {}  # the template shows nothing then
        proposals = proposals_of(user).filter(decided_at=None)
        overdue_ones = organisations_of(user).filter(overdue()).exclude(status=OrganisationPage.CLOSED)
        oldest = proposals.select_related("organisation").only("created_at", "kind", "organisation__title")
        return {
            "proposals": oldest.order_by("created_at")[:SHOWN],
            "number_of_proposals": proposals.count(),
            "number_overdue": overdue_ones.count(),
            "overdue_address": f"{reverse('organisations_admin:overview')}?confirmed=overdue",
            "imports": ready(imports_seen_by(user))[:SHOWN],
        }


def add_panel(request, panels: list) -> None:
    """A `construct_homepage_panels` hook."""
    panels.append(WaitingPanel())
