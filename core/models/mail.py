from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMailQuerySet(models.QuerySet):
    def due(self):
        """Mails whose time has come and which have not been given up."""
        return self.filter(next_attempt_at__lte=timezone.now(), attempts__lt=OutboxMail.MAX_ATTEMPTS)

    def expired(self):
        return self.filter(created_at__lt=timezone.now() - OutboxMail.KEPT_FOR)


class OutboxMail(models.Model):
    """A mail waiting to leave: written in the transaction that caused it, sent by a task, gone once it has left."""

    RETRY_AFTER = [timedelta(minutes=m) for m in (1, 5, 20, 60, 180, 480, 1440)]
    MAX_ATTEMPTS = len(RETRY_AFTER) + 1
    KEPT_FOR = timedelta(days=7)

    message = models.BinaryField(_("message"), help_text="RFC 5322")
    sender = models.CharField(_("sender"), max_length=320)
    recipients = models.JSONField(_("recipients"))
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # While a worker is sending the mail, this lies in the future: that is what keeps other workers off it.
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now, db_index=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_given_up(self):
        return self.attempts >= self.MAX_ATTEMPTS
