from django.db import models
from django.utils.translation import gettext_lazy as _


class Demand(models.Model):
    """How often readers asked for a page in a language on one day. Nothing is known about who asked."""

    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("readers' wish")
        verbose_name_plural = _("readers' wishes")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale", "day"], name="one_demand_per_page_and_day")
        ]
        indexes = [models.Index(fields=["day"])]

    def __str__(self):
        return f"{self.translation_key} {self.day}: {self.count}"
