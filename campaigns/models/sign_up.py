from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignPage
from campaigns.models.opt_in import ConsentText, OptIn, OptInLink, OptInQuerySet
from campaigns.models.way_to_help import WayToHelp
from core.email_addresses import normalised


class SignUpQuerySet(OptInQuerySet):
    def search(self, text: str):
        """By name, or by an address as it was typed or in its other spelling."""
        return self.filter(Q(name__icontains=text) | Q(email__icontains=text) | Q(email_key=normalised(text)))

    def to_show(self):
        """Whose names the public may read, the latest first."""
        return self.confirmed().filter(shows_name=True, is_held_back=False).order_by("-confirmed_at", "-pk")

    def to_moderate(self):
        """Comments, and names with a web address in them, that nobody has decided on."""
        return self.confirmed().filter(~Q(comment="") | Q(is_held_back=True), moderated="")

    def to_quote(self):
        """Whose comments the public may read, the latest first; beside a name only where `is_named`."""
        approved = self.confirmed().filter(moderated=SignUp.APPROVED).exclude(comment="")
        return approved.order_by("-confirmed_at", "-pk")

    def to_tell(self):
        """Who wants to hear how the campaign goes on."""
        return self.confirmed().filter(wants_updates=True)


class SignUp(OptIn):
    """Somebody takes part in a campaign.

    Whoever withdraws is deleted at once; `KeptOut` remembers that no further mail may go there.
    """

    APPROVED, REJECTED = "approved", "rejected"
    DECISIONS = [(APPROVED, _("approved")), (REJECTED, _("rejected"))]

    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="sign_ups"
    )
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    comment = models.TextField(_("comment"), max_length=500, blank=True)
    shows_name = models.BooleanField(_("name may be shown"), default=False)
    wants_updates = models.BooleanField(_("wants to hear how it goes on"), default=False)
    ways = models.ManyToManyField(WayToHelp, verbose_name=_("would like to"), blank=True, related_name="+")
    # Only where the newsletter was ticked, too: then the button that confirms subscribes as well.
    newsletter_consent = models.ForeignKey(
        ConsentText,
        verbose_name=_("newsletter: agreed to"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="newsletter_sign_ups",
    )
    # A web address in a name or comment: nobody sees either before somebody has looked at it.
    is_held_back = models.BooleanField(_("held back"), default=False)
    moderated = models.CharField(
        _("comment and name"), max_length=8, choices=DECISIONS, blank=True, default="", db_default=""
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [models.UniqueConstraint(fields=["campaign", "email_key"], name="one_sign_up_per_address")]
        indexes = [
            models.Index(fields=["campaign", "-confirmed_at"], name="sign_ups_by_confirmation"),
            # Few of a million: without these each view of the page would look at all.
            models.Index(
                fields=["campaign", "-confirmed_at"],
                name="sign_ups_to_show",
                condition=Q(shows_name=True, is_held_back=False, confirmed_at__isnull=False),
            ),
            models.Index(
                fields=["campaign", "-confirmed_at"],
                name="sign_ups_to_quote",
                condition=Q(moderated="approved", confirmed_at__isnull=False),
            ),
            models.Index(fields=["requested_at"], name="sign_ups_by_request", condition=Q(confirmed_at=None)),
        ]

    @property
    def decision(self) -> str:
        """On comment and name, in words."""
        if self.moderated:
            return self.get_moderated_display()
        if self.is_held_back:
            return _("held back")
        return _("to be decided") if self.comment else ""

    @property
    def is_named(self) -> bool:
        """Whether the public may read who this is."""
        return self.shows_name and not self.is_held_back

    @property
    def is_quoted(self) -> bool:
        """Whether the public may read the comment."""
        return bool(self.comment) and self.moderated == self.APPROVED

    @property
    def public_name(self) -> str:
        """ "Vorname N.": enough to see that people are behind a number."""
        first, *others = self.name.split()
        return f"{first} {others[-1][0]}." if others else first


class SignUpLink(OptInLink):
    owner = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="links")


class Tally(models.Model):
    """How many have confirmed, counted on with each: a million rows cost the page as little as ten."""

    campaign = models.OneToOneField(CampaignPage, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    confirmed = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.confirmed)
