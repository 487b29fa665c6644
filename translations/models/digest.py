from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestSettings(models.Model):
    """Whether somebody wants the weekly mail, and for which week they had it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_digest", editable=False
    )
    wants_digest = models.BooleanField(
        _("weekly mail about translations"),
        default=True,
        help_text=_("On Mondays: what waits for you. Urgent ones come at once, whatever you choose here."),
    )
    week = models.DateField(_("last week mailed"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("weekly mail about translations")
        verbose_name_plural = _("weekly mails about translations")

    def __str__(self):
        return str(self.user)
