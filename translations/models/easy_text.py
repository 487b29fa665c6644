from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class EasyText(models.Model):
    """What is known about a free-standing text in Leichte Sprache: what it is based on, and who has checked it."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="easy_text", verbose_name=_("page"))

    # What the authors had before them. The German texts are kept here, because old revisions are purged.
    based_on = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    based_on_at = models.DateTimeField(_("German text of"), null=True, blank=True)
    german = models.JSONField(default=list, blank=True)  # [path, text] of every text on the German page
    # Since when the live German page says something else; empty while it does not.
    german_changed_at = models.DateTimeField(_("German text changed on"), null=True, blank=True)

    checked_by = models.CharField(_("checked by"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    has_seal = models.BooleanField(_("show the seal for Leichte Sprache"), default=False)
    # Fingerprints: a check is true of the words that were checked, and of no others.
    checked_text = models.CharField(max_length=64, blank=True)
    live_text = models.CharField(max_length=64, blank=True)

    picture_source = models.CharField(_("source of the pictures"), max_length=300, blank=True)
    dismissed = models.JSONField(default=list, blank=True)  # keys of hints that the authors have put aside
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text in Leichte Sprache")
        verbose_name_plural = _("texts in Leichte Sprache")

    def __str__(self):
        return self.page.title

    @property
    def is_outdated(self) -> bool:
        return self.german_changed_at is not None

    @property
    def is_checked(self) -> bool:
        """Whether what the public reads is what was checked."""
        return bool(self.checked_by and self.checked_on and self.checked_text and self.checked_text == self.live_text)
