"""How a profile stays true without an account: links by mail, and what came back through them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProfileLink(models.Model):
    """A link sent to an organisation's mailbox. Only the hash of its token is kept."""

    REMINDER, REQUESTED, BY_COORDINATOR = "reminder", "requested", "coordinator"
    REASONS = [
        (REMINDER, _("reminder")),
        (REQUESTED, _("asked for by the organisation")),
        (BY_COORDINATOR, _("sent by a coordinator")),
    ]

    organisation = models.ForeignKey(
        "organisations.OrganisationPage", on_delete=models.CASCADE, related_name="profile_links"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=REASONS)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    used_for = models.CharField(max_length=12, blank=True, help_text="What was done: `organisations.upkeep.links`.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link to a profile")
        verbose_name_plural = _("links to profiles")

    def __str__(self):
        return f"{self.get_reason_display()} {self.created_at:%Y-%m-%d}"


class Proposal(models.Model):
    """What an organisation wants changed. Nothing of it is public until somebody has accepted it, field by field."""

    CHANGE, CLOSED = "change", "closed"
    KINDS = [(CHANGE, _("change")), (CLOSED, _("no longer exists"))]

    organisation = models.ForeignKey(
        "organisations.OrganisationPage", on_delete=models.CASCADE, related_name="proposals"
    )
    kind = models.CharField(max_length=8, choices=KINDS, default=CHANGE)
    values = models.JSONField(default=dict, help_text="Field name to proposed value, as the form reads it.")
    # Bytes, not a picture of the library: before somebody accepts it, no address leads to it.
    photo_file = models.BinaryField(default=bytes)
    photo = models.ForeignKey(
        "core.SiteImage",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Made of the bytes when the photo is accepted.",
    )
    photo_consent = models.CharField(max_length=200, blank=True)
    message = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    decided_at = models.DateTimeField(null=True, db_index=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.JSONField(default=list, help_text="Names of the accepted fields; the others were refused.")
    answer = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(decided_at=None), name="one_waiting_proposal"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"
