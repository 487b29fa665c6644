"""Work on many pages that nobody would wait for: a list of items, done one after the other by the task worker."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    RUNNING, DONE, CANCELLED = "running", "done", "cancelled"
    STATES = [(RUNNING, _("under way")), (DONE, _("finished")), (CANCELLED, _("cancelled"))]

    kind = models.CharField(max_length=40, help_text="Name of the step in translations.jobs.")
    title = models.CharField(_("title"), max_length=255)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("started"), default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    state = models.CharField(_("status"), max_length=10, choices=STATES, default=RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # Until then somebody is at it, or it waits in the queue; afterwards anybody may take it up.
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]

    def __str__(self):
        return self.title

    @property
    def is_at_work(self) -> bool:
        return self.state == self.RUNNING


class JobItem(models.Model):
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    data = models.JSONField(encoder=DjangoJSONEncoder, help_text="What the step is called with.")
    done_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, help_text="Why nothing was done, in the language of whoever started it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="unique_job_item")]
        indexes = [models.Index(fields=["job", "done_at", "number"], name="job_progress")]

    def __str__(self):
        return str(self.data.get("title", "")) or f"#{self.number}"
