from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, Translation, TranslationContext


class DraftTextQuerySet(models.QuerySet):
    def of(self, translation: Translation):
        """Those that belong to a text which is on the page now."""
        source = translation.source
        return self.filter(
            context__object_id=source.object_id,
            locale_id=translation.target_locale_id,
            string__segments__source=source,
            string__segments__context_id=models.F("context_id"),
        ).distinct()


class DraftText(models.Model):
    """A translation that nobody stands for yet: the editor offers it, no page ever shows it."""

    class Origin(models.TextChoices):
        UNSURE = "unsure", _("Marked as unsure in a file")
        OLDER = "older", _("Made for an older German text")
        BESIDE = "beside", _("From a file, while somebody else changed the text here")

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    data = models.TextField(_("text"))
    origin = models.CharField(_("origin"), max_length=20, choices=Origin)
    tool_name = models.CharField(max_length=255, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = DraftTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a text")
        verbose_name_plural = _("drafts of texts")
        constraints = [models.UniqueConstraint(fields=["string", "context", "locale"], name="one_draft_per_text")]

    def __str__(self):
        return self.data[:80]
