from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from campaigns.launch_check import Readiness, check


class LaunchCheckPanel(Panel):
    """In which languages people can take part, and what the others lack."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/launch_check.html"

        def is_shown(self):
            return bool(self.instance.pk) and self.instance.source.pk == self.instance.pk

        @cached_property
        def languages(self) -> list[Readiness]:
            return check(type(self.instance).objects.get(pk=self.instance.pk))


class DutiesPanel(Panel):
    """What funders demand of this project and what is missing, so that nobody learns of it when publishing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/duties.html"

        def is_shown(self):
            return bool(self.instance.pk) and self.instance.source.pk == self.instance.pk

        @cached_property
        def reasons(self) -> list[str]:
            from campaigns.funding.duties import reasons

            return reasons(self.instance)
