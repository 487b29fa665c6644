from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class Assignment(models.Model):
    """Who is to translate one page or term into one language, and until when.

    Without a person it is everybody's in the group; without a group it is everybody's in the language. Whether it is
    over follows from the state of the translation (`translations.inbox`).
    """

    translation_key = models.UUIDField(_("translation key"))
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_assignments",
    )
    group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due = models.DateField(_("due"), null=True, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("assigned"), default=timezone.now)

    # Given back, until somebody takes it or it is assigned again.
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given back by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    returned_at = models.DateTimeField(_("given back"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["translation_key", "locale"], name="one_assignment_per_cell")]
        indexes = [models.Index(fields=["locale", "due"], name="assignments_by_due_date")]

    def __str__(self):
        return f"{self.translation_key} ({self.locale_id})"

    @property
    def cell(self) -> tuple:
        return self.translation_key, self.locale_id

    @property
    def is_overdue(self) -> bool:
        return bool(self.due and self.due < timezone.localdate())

    def holds_for(self, cell) -> bool:
        """Of a `translations.states.Cell`. What was published since, and is outdated again, is new work and nobody's."""
        return not (cell.state == "outdated" and cell.released_at and self.created_at < cell.released_at)
