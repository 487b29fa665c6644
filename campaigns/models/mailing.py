"""One mail to many people: what it says in each language, and how far it has come with each reader.

How it is sent stands in campaigns/mailing/.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGE_NAMES


class MailingQuerySet(models.QuerySet):
    def unfinished(self):
        """Whose time has come, and at which there is something to do."""
        return self.filter(state__in=(Mailing.State.PLANNED, Mailing.State.RUNNING), send_at__lte=timezone.now())

    def due(self):
        """Unfinished ones that nobody is at."""
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=timezone.now())
        return self.unfinished().filter(free)

    def about(self, kind: str, thing: models.Model):
        return self.filter(kind=kind, about=thing.pk)

    def over(self):
        return self.filter(state__in=(Mailing.State.DONE, Mailing.State.CANCELLED))


class Mailing(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("being sent")
        PAUSED = "paused", _("paused")
        DONE = "done", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    class Trouble(models.TextChoices):
        SERVER = "server", _("The mail server cannot be reached or breaks off.")
        REFUSALS = "refusals", _("The mail server refuses one reader after the other.")
        CONTENT = "content", _("Something is missing in the content.")
        UNEXPECTED = "unexpected", _("Something unexpected happened. The technical staff finds it in the log.")

    # What is sent: a kind of campaigns.mailing.kinds, and the key of the thing it is about.
    kind = models.CharField(max_length=40)
    about = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.PLANNED)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("ordered"), default=timezone.now)
    send_at = models.DateTimeField(_("is sent from"), default=timezone.now)
    # The texts are fixed from here on, and the readers from there on.
    written_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # Until then somebody is at it, it waits in the queue, or the mail server is left alone; see core.leases.
    lease_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Of the mail server, one after the other.")
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text="What the mail server said, or what is missing.")
    # By language and outcome, kept when the deliveries are gone.
    figures = models.JSONField(default=dict, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        # Whatever is pressed twice is sent once.
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="one_mailing_about_a_thing")]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.CANCELLED)


class MailingText(models.Model):
    """The mail in one language, as it is sent; marks stand for the reader's own links."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12, choices=list(LANGUAGE_NAMES.items()))
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "language"], name="one_text_for_a_language")]

    def __str__(self):
        return f"{self.language}: {self.subject}"


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Delivery.State.WAITING)

    def due(self):
        return self.waiting().filter(not_before__lte=timezone.now()).order_by("not_before", "pk")


class Delivery(models.Model):
    """One reader of one mailing. The address is looked up when the mail is sent and is kept here by nobody."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        # Somebody gives the text to the mail server at this moment, or died while doing so.
        HANDED = "handed", _("being handed over")
        SENT = "sent", _("taken by the mail server")
        REFUSED = "refused", _("refused by the mail server")
        BOUNCED = "bounced", _("came back later")
        GIVEN_UP = "given_up", _("given up after several attempts")
        LEFT_OUT = "left_out", _("unsubscribed meanwhile")
        UNKNOWN = "unknown", _("unknown: the connection broke at the last moment")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.PositiveBigIntegerField(help_text="Key of a row that the kind of mailing knows.")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True, help_text="Code of the mail server, such as 550 5.1.1.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["mailing", "recipient"], name="once_to_each_reader")]
        indexes = [models.Index(fields=["mailing", "state", "not_before"], name="deliveries_that_wait")]

    def __str__(self):
        return f"{self.mailing_id}: {self.recipient}"
