from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProofPack(models.Model):
    """What proves to a funder that a project was carried out and its duties met, as one ZIP that was true once."""

    WAITING, DONE, FAILED = "waiting", "done", "failed"
    STATES = [(WAITING, _("being made")), (DONE, _("ready")), (FAILED, _("failed"))]

    project = models.ForeignKey("campaigns.ProjectPage", on_delete=models.CASCADE, related_name="proof_packs")
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to="proof", blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("proof pack")
        verbose_name_plural = _("proof packs")
        ordering = ["-requested_at", "-pk"]

    def __str__(self):
        return f"{self.project_id}, {self.requested_at:%d.%m.%Y}"
