from django.urls import reverse
from wagtail.admin.panels import Panel


class ContactPanel(Panel):
    """What is public of the address, and the way to the form that changes it. A translation has none of its own."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "organisations/admin/contact_panel.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk) and self.instance.source is self.instance

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {
                "record": getattr(self.instance, "record", None),
                "entry": getattr(self.instance, "entry", None),
                "address": reverse("organisations_admin:contact", args=[self.instance.pk]),
                "may_change": self.instance.permissions_for_user(self.request.user).can_edit(),
            }
