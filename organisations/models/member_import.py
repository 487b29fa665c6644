"""An uploaded member list on its way into the directory."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MemberImport(models.Model):
    CHECKING, CHECKED, APPLYING, DONE, CANCELLED, FAILED = (
        "checking",
        "checked",
        "applying",
        "done",
        "cancelled",
        "failed",
    )
    STATES = [
        (CHECKING, _("being checked")),
        (CHECKED, _("checked")),
        (APPLYING, _("being applied")),
        (DONE, _("applied")),
        (CANCELLED, _("cancelled")),
        (FAILED, _("could not be read")),
    ]

    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(help_text="The file itself; emptied once it has been checked.")
    network = models.ForeignKey(
        "organisations.NetworkPage",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="A coordinator imports into this network only; empty for the office.",
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    state = models.CharField(_("status"), max_length=10, choices=STATES, default=CHECKING)
    message = models.TextField(blank=True, help_text="About the file as a whole.")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # Until then somebody is at it, or it waits in the queue; afterwards anybody may take it up.
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.CHECKING, self.APPLYING)


class ImportRow(models.Model):
    NEW, CHANGED, UNCHANGED, ERROR, CONFLICT = "new", "changed", "unchanged", "error", "conflict"
    OUTCOMES = [
        (NEW, _("new")),
        (CHANGED, _("changed")),
        (UNCHANGED, _("unchanged")),
        (ERROR, _("error")),
        (CONFLICT, _("changed by somebody else meanwhile")),
    ]

    member_import = models.ForeignKey(MemberImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Row of the sheet, counted as a spreadsheet does.")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    title = models.CharField(max_length=255, blank=True)
    values = models.JSONField(default=dict, help_text="Column to new value, written as in an export.")
    changes = models.JSONField(default=dict, help_text="Column to [old, new], as they are shown.")
    errors = models.JSONField(default=dict, help_text="Column to reason; an empty column is the whole row.")
    warnings = models.JSONField(default=list, help_text="Such as likely duplicates.")
    organisation = models.ForeignKey(
        "organisations.OrganisationPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member_import", "number"], name="unique_import_row"),
        ]
        indexes = [models.Index(fields=["member_import", "outcome", "applied_at"], name="import_progress")]

    def __str__(self):
        return f"{self.number} {self.title}"
