from django.db import models
from django.utils import timezone
from wagtail_localize.models import TranslationSource


class TextChange(models.Model):
    """That a German text was published in other words: translations released before are outdated since then.

    wagtail-localize knows the last time only.
    """

    source = models.ForeignKey(TranslationSource, on_delete=models.CASCADE, related_name="text_changes")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["source", "changed_at"], name="text_changes_by_date")]

    def __str__(self):
        return f"{self.source_id}: {self.changed_at:%Y-%m-%d}"
