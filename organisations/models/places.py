from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.states import STATES


class PostalCode(models.Model):
    """The middle of a postal code's area. Filled by `import_postal_codes`; the site works without, less exactly."""

    code = models.CharField(primary_key=True, max_length=5)
    place = models.CharField(max_length=80)
    state = models.CharField(max_length=2, choices=STATES)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")

    def __str__(self):
        return f"{self.code} {self.place}"
