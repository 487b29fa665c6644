import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TextFile(models.Model):
    """Files of translated texts that somebody sent in one go."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    names = models.CharField(_("files"), max_length=500)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("file with translations")
        verbose_name_plural = _("files with translations")

    def __str__(self):
        return self.names


class TextFilePart(models.Model):
    """What a file says about one page, and what became of each entry."""

    file = models.ForeignKey(TextFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    translation = models.ForeignKey(Translation, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    entries = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # empty once they are taken over
    tool_name = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField(null=True)  # when we wrote the file
    done_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)  # why nothing was taken over
    counts = models.JSONField(default=dict)  # outcome to number of entries
    rows = models.JSONField(default=list)  # the entries that need a look

    class Meta:
        verbose_name = _("page in a file with translations")
        verbose_name_plural = _("pages in a file with translations")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="part_once_per_file")]

    def __str__(self):
        return self.title
