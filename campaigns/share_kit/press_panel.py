from django.urls import reverse
from wagtail.admin.panels import Panel


class PressLinksPanel(Panel):
    """Who holds a key to a press kit under embargo, and the way to where keys are made and taken back."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/press_links_panel.html"

        def is_shown(self):
            return bool(self.instance.pk) and self.instance.source.pk == self.instance.pk

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {
                "links": self.instance.press_links.all(),
                "address": reverse("press_links:links", args=[self.instance.pk]),
            }
