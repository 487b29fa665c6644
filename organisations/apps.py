from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Directory")

    def ready(self):
        from organisations import changes  # noqa: F401 - connects what it listens to
