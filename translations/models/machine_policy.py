"""For which page types a machine's text may go public before anybody has read it."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class MachinePolicy(models.Model):
    """A page type of which administrators say so. Without a row, people read every text first."""

    content_type = models.OneToOneField(
        ContentType, verbose_name=_("page type"), on_delete=models.CASCADE, related_name="+"
    )
    may_publish_unreviewed = models.BooleanField(_("may be published without a review"), default=False)

    class Meta:
        verbose_name = _("rule for machine translations")
        verbose_name_plural = _("rules for machine translations")

    def __str__(self):
        return str(self.content_type.name)
