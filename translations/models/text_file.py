import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TextFile(models.Model):
    """Files of translated texts that somebody sent in one go, and what became of each entry."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    names = models.CharField(_("files"), max_length=500)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    # What is still to be taken over: one list of entries per page. Empty when all is done.
    parts = models.JSONField(default=list)
    # By page: its name and address, a count per outcome, and the entries that need a look.
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("file with translations")
        verbose_name_plural = _("files with translations")

    def __str__(self):
        return self.names
