from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Projects and campaigns")

    def ready(self):
        from campaigns.desk import leaving  # noqa: F401  (listens)
        from campaigns.funding import duties
        from core.publication import CHECKS

        CHECKS.append(duties.reasons)
