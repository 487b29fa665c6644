"""How many words machines have translated, month by month."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MachineUse(models.Model):
    """Words of the German text sent into one language, counted when they are sent."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    language = models.CharField(_("language"), max_length=20)
    provider = models.CharField(_("provider"), max_length=40)
    words = models.PositiveIntegerField(_("words"), default=0)

    class Meta:
        verbose_name = _("use of machine translation")
        verbose_name_plural = _("use of machine translation")
        constraints = [models.UniqueConstraint(fields=["month", "language", "provider"], name="unique_machine_use")]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.language} {self.provider}: {self.words}"
