from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class ReviewQuerySet(models.QuerySet):
    def given(self):
        """Without texts that were handed in and are still waiting."""
        return self.filter(reviewed_at__isnull=False)


class Review(models.Model):
    """That somebody stood for a translation: who, when, which revision, and exactly which texts.

    The row is written when a translation is handed in, or by publishing at once; it counts from `reviewed_at` on.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Editorial responsibility outlives the account. Never shown to the public.
    reviewer_name = models.CharField(max_length=254, blank=True)
    # Digest of each text to how it was made: see translations/provenance.py.
    texts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.translation_id}: {self.reviewer_name}"

    def give(self, user) -> None:
        self.reviewer, self.reviewed_at = user, timezone.now()
        self.reviewer_name = (user.get_full_name() or user.get_username())[:254] if user else ""
