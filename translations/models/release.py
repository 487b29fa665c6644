from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class ReleaseQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=Release.State.PLANNED)

    def due(self):
        return self.planned().filter(go_live_at__lte=timezone.now())


class Release(models.Model):
    """German pages and their translations that go live in the same moment, or not at all."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        LIVE = "live", _("Live")
        HELD = "held", _("Held back")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(_("name"), max_length=120)
    go_live_at = models.DateTimeField(_("goes live"))
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.PLANNED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whoever set the time last: theirs are the rights that count when it has come.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    went_live_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Why it was held back: one [page, language, reason] each.
    report = models.JSONField(default=list, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-go_live_at", "-pk"]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.state in (self.State.PLANNED, self.State.HELD)


class ReleaseItem(models.Model):
    """A German page of a release, with the draft that goes live, if one is to."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    translation_key = models.UUIDField()
    title = models.CharField(max_length=255)  # still names the page when it is gone
    takes_draft = models.BooleanField(default=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("page of a release")
        verbose_name_plural = _("pages of a release")
        constraints = [models.UniqueConstraint(fields=["release", "translation_key"], name="page_once_per_release")]

    def __str__(self):
        return self.title


class ReleaseLanguage(models.Model):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="languages")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("language of a release")
        verbose_name_plural = _("languages of a release")
        constraints = [models.UniqueConstraint(fields=["release", "locale"], name="language_once_per_release")]

    def __str__(self):
        return self.locale.get_display_name()


class ReleaseText(models.Model):
    """What is known of one page in one language: who called it ready, and when it went live with the release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="texts")
    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    went_live_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("text of a release")
        verbose_name_plural = _("texts of a release")
        constraints = [
            models.UniqueConstraint(fields=["release", "translation_key", "locale"], name="text_once_per_release")
        ]

    def __str__(self):
        return f"{self.release_id}: {self.translation_key} {self.locale_id}"
