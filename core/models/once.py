from django.db import models
from django.utils import timezone


class DoneOnce(models.Model):
    """That something was done: a keyed hash of it, for a few days."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return self.digest
