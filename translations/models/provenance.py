from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Provenance(models.Model):
    """How the text of a published translation was made. Written at each publication, read by the public page."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("by people")
        REVIEWED = "reviewed", _("by a machine, reviewed by people")
        MACHINE = "machine", _("by a machine")
        MIXED = "mixed", _("by people and by a machine, in parts not reviewed")

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="provenance"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # German passages that stand in for missing text, as plain text in one line each.
    gaps = models.JSONField(default=list)
    gap_count = models.PositiveIntegerField(default=0, db_index=True)
    text_count = models.PositiveIntegerField(default=0)
    machine_count = models.PositiveIntegerField(default=0)
    unreviewed_count = models.PositiveIntegerField(default=0)
    gaps_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Of everything the page was put together from: tells whether there is anything new to publish.
    ingredients = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")

    def __str__(self):
        return f"{self.page_id}: {self.kind}"
