from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.opt_in import OptIn, OptInLink, OptInQuerySet
from core.languages import IN_SOURCE_LANGUAGE
from core.models import Topic


class SubscriberQuerySet(OptInQuerySet):
    def reachable(self):
        """Who has confirmed, and whose mailbox takes our mail."""
        return self.confirmed().filter(stopped_at=None)

    def stopped(self):
        return self.confirmed().filter(stopped_at__isnull=False)

    def to_write_to(self, topics: Iterable[Topic] = ()):
        """Whom an issue on these (German) topics goes to: who chose one of them, and who chose none and so gets all.

        An issue without topics goes to everybody.
        """
        keys = [topic.pk for topic in topics]
        if not keys:
            return self.reachable()
        chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"))
        return self.reachable().filter(~Exists(chosen) | Exists(chosen.filter(topic__in=keys)))


class Subscriber(OptIn):
    """Somebody who gets the newsletter, in one language. No name: it would be good for nothing.

    Whoever leaves is deleted at once; `Departure` remembers the day, `KeptOut` those who were never asked.
    """

    FORM, CAMPAIGN, EVENT = "form", "campaign", "event"
    SOURCES = [(FORM, _("form of the newsletter")), (CAMPAIGN, _("campaign")), (EVENT, _("event"))]

    name = None
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="+", limit_choices_to=IN_SOURCE_LANGUAGE
    )
    source = models.CharField(_("came by"), max_length=12, choices=SOURCES, default=FORM)
    # The keyed hash that `KeptOut` knows, too: links of the newsletter lead here by it.
    keyed = models.CharField(max_length=64, unique=True, editable=False)
    hard_bounces = models.PositiveSmallIntegerField(_("refused for good"), default=0)
    soft_bounces = models.PositiveSmallIntegerField(_("refused for now"), default=0)
    bounced_at = models.DateTimeField(_("last refused"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader of the newsletter")
        verbose_name_plural = _("readers of the newsletter")
        constraints = [models.UniqueConstraint(fields=["email_key"], name="one_subscription_per_address")]
        indexes = [
            models.Index(fields=["language", "confirmed_at"], name="subscribers_by_language"),
            models.Index(fields=["requested_at"], name="subscribers_by_request", condition=Q(confirmed_at=None)),
        ]

    def __str__(self):
        """Without the address, because logs keep this for longer than the row."""
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_reachable(self) -> bool:
        return bool(self.confirmed_at and not self.stopped_at)


class SubscriberLink(OptInLink):
    owner = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="links")


class Departure(models.Model):
    """That a reader left: a keyed hash, so that nobody pesters them.

    Unlike `KeptOut` it is no lock: they may be asked again when somebody enters the address anew, but rarely.
    """

    address = models.CharField(max_length=64, unique=True)
    left_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.left_at)
