from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.opt_in import OptIn, OptInLink, OptInQuerySet
from core.email_addresses import normalised


class RegistrationQuerySet(OptInQuerySet):
    def seated(self):
        return self.filter(seated_at__isnull=False)

    def search(self, text: str):
        """By name, or by an address as it was typed or in its other spelling."""
        return self.filter(Q(name__icontains=text) | Q(email__icontains=text) | Q(email_key=normalised(text)))

    def waiting(self):
        """In the order in which they move up."""
        return self.confirmed().filter(seated_at=None).order_by("confirmed_at", "pk")


class Registration(OptIn):
    """Somebody wants to come to one date of an event. Confirmed, they have their places or are on the waiting list.

    Whoever cancels is deleted at once. Choices are kept as the guest's keys and the organiser's German words.
    """

    date = models.ForeignKey(
        "campaigns.EventDate", verbose_name=_("date"), on_delete=models.CASCADE, related_name="registrations"
    )
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    seated_at = models.DateTimeField(_("has places since"), null=True, blank=True)
    interpreting = models.JSONField(_("interpreting"), default=list, blank=True)
    children = models.PositiveSmallIntegerField(_("children to look after"), default=0)
    needs = models.JSONField(_("needs"), default=list, blank=True)
    answers = models.JSONField(_("answers"), default=list, blank=True)
    note = models.TextField(_("note"), max_length=500, blank=True)
    came = models.PositiveSmallIntegerField(_("came"), null=True, blank=True)
    # What their last mail said of time and place, and for which beginning they were reminded.
    told = models.CharField(max_length=64, blank=True)
    told_starts_at = models.DateTimeField(null=True, blank=True)
    reminded_for = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.UniqueConstraint(fields=["date", "email_key"], name="one_registration_per_address")]
        indexes = [
            models.Index(fields=["date", "confirmed_at"], name="registrations_in_order"),
            models.Index(fields=["requested_at"], name="registrations_by_request", condition=Q(confirmed_at=None)),
        ]

    def __str__(self):
        return self.name


class RegistrationLink(OptInLink):
    owner = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="links")


class Turnout(models.Model):
    """What stays of a date when its list is deleted: numbers of people."""

    date = models.OneToOneField(
        "campaigns.EventDate", primary_key=True, on_delete=models.CASCADE, related_name="turnout"
    )
    registered = models.PositiveIntegerField(_("registered"), default=0)
    came = models.PositiveIntegerField(_("came"), null=True, blank=True)
    walk_ins = models.PositiveIntegerField(_("came without registration"), default=0)
    languages = models.JSONField(_("registered by language"), default=dict)
    deleted_at = models.DateTimeField(_("list deleted"), null=True, blank=True)

    def __str__(self):
        return f"{self.came} / {self.registered}"
