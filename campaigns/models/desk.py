"""What the desk keeps for itself: who is responsible for what, what left as a file, and figures without persons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.opt_in import LANGUAGES


class Responsibility(models.Model):
    """Somebody who, beside its author, looks after whoever takes part in a campaign, project or event.

    It holds at once and is no part of the page: a draft that somebody approves must not open anybody's data.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="responsibilities")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responsibilities")

    class Meta:
        verbose_name = _("responsible person")
        verbose_name_plural = _("responsible people")
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="responsible_once")]

    def __str__(self):
        return f"{self.page_id}: {self.user_id}"


class Export(models.Model):
    """Who took which data out of the site, and how much. The file of a large one waits here for a day.

    `question` is the address the list had, to be asked again by the worker; it is emptied when that is done, because
    somebody may have searched for a name.
    """

    RUNNING, DONE, FAILED = "running", "done", "failed"
    STATES = [(RUNNING, _("being written")), (DONE, _("done")), (FAILED, _("failed"))]

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(_("what"), max_length=40)
    narrowed = models.CharField(_("narrowed to"), max_length=255, blank=True)
    question = models.TextField(blank=True, editable=False)
    format = models.CharField(_("format"), max_length=4)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    state = models.CharField(_("status"), max_length=8, choices=STATES, default=RUNNING)
    file = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    lease_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self):
        return f"{self.kind}, {self.created_at:%Y-%m-%d}"


class DayFigures(models.Model):
    """How many confirmed, withdrew or never confirmed on a day, by language: what stays when rows are deleted.

    `page` is the campaign or event; the newsletter has none.
    """

    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    language = models.CharField(max_length=12, choices=LANGUAGES)
    confirmed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "day", "language"], name="figures_once_a_day"),
            models.UniqueConstraint(
                fields=["day", "language"], condition=Q(page=None), name="newsletter_figures_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.day}"

    @classmethod
    def count(cls, page_id: int | None, language: str, what: str, number: int = 1) -> None:
        """Add `number` to today's "confirmed", "withdrawn" or "lapsed": call in the transaction that does it."""
        row = {"page_id": page_id, "day": timezone.localdate(), "language": language}
        if not cls.objects.filter(**row).update(**{what: F(what) + number}):
            cls.objects.get_or_create(**row)
            cls.objects.filter(**row).update(**{what: F(what) + number})
