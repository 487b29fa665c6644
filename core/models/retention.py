from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """That personal data was looked through for what is over its time, and how many rows of what went."""

    started_at = models.DateTimeField(_("started"), default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    deleted = models.JSONField(_("deleted"), default=dict, help_text="Number of rows by the name of the rule.")
    failed = models.JSONField(_("failed"), default=list, help_text="Names of the rules.")

    class Meta:
        verbose_name = _("deletion run")
        verbose_name_plural = _("deletion runs")

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_complete(self) -> bool:
        return bool(self.finished_at and not self.failed)
