"""What administrators must know, on the first page of the admin."""

from wagtail.admin.ui.components import Component

from core import retention


class RetentionPanel(Component):
    name = "retention"
    template_name = "core/admin/retention_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        return {"last": retention.last_complete()}


def add_panel(request, panels: list) -> None:
    """A `construct_homepage_panels` hook."""
    if retention.is_late() and retention.administrators().filter(pk=request.user.pk).exists():
        panels.append(RetentionPanel())
