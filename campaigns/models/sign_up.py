from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignPage
from core.languages import LANGUAGE_NAMES


class ConsentText(models.Model):
    """What people agreed to, word for word, for as long as somebody's agreement is kept."""

    campaign = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="consent_texts")
    language = models.CharField(_("language"), max_length=12, choices=list(LANGUAGE_NAMES.items()))
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("first shown"), default=timezone.now)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "language", "digest"], name="one_row_per_consent_text")
        ]

    def __str__(self):
        return self.text[:80]


class SignUpQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def pending(self):
        return self.filter(confirmed_at=None)

    def to_show(self):
        """Whose names the public may read, the latest first."""
        return self.confirmed().filter(shows_name=True, is_held_back=False).order_by("-confirmed_at", "-pk")


class SignUp(models.Model):
    """Somebody takes part in a campaign: from the first post until the day it is deleted. No network address is kept.

    Whoever withdraws is deleted at once; `KeptOut` remembers that no further mail may go there.
    """

    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="sign_ups"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"), max_length=254)
    email_key = models.CharField(max_length=254, editable=False)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    comment = models.TextField(_("comment"), max_length=500, blank=True)
    shows_name = models.BooleanField(_("name may be shown"), default=False)
    wants_updates = models.BooleanField(_("wants to hear how it goes on"), default=False)
    # A web address in a name or comment: nobody sees either before somebody has looked at it.
    is_held_back = models.BooleanField(_("held back"), default=False)
    language = models.CharField(_("language"), max_length=12, choices=list(LANGUAGE_NAMES.items()))
    consent = models.ForeignKey(
        ConsentText, verbose_name=_("agreed to"), on_delete=models.PROTECT, related_name="sign_ups"
    )
    requested_at = models.DateTimeField(_("signed"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [models.UniqueConstraint(fields=["campaign", "email_key"], name="one_sign_up_per_address")]
        indexes = [
            models.Index(fields=["campaign", "-confirmed_at"], name="sign_ups_by_confirmation"),
            models.Index(fields=["requested_at"], name="sign_ups_by_request", condition=models.Q(confirmed_at=None)),
        ]

    def __str__(self):
        return self.name

    @property
    def public_name(self) -> str:
        """ "Vorname N.": enough to see that people are behind a number."""
        first, *others = self.name.split()
        return f"{first} {others[-1][0]}." if others else first


class SignUpLink(models.Model):
    """A link sent to somebody who signed: confirms once, until `expires_at`; withdraws as long as the sign-up is kept."""

    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self):
        return f"{self.sign_up_id}: {self.expires_at}"


class MailSent(models.Model):
    """That an address got a mail somebody asked for with a form: a keyed hash, for a day."""

    address = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["address", "sent_at"], name="mails_sent_to_an_address")]

    def __str__(self):
        return self.form


class KeptOut(models.Model):
    """An address that withdrew or said "that was not me": a keyed hash, so that it is left alone."""

    campaign = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="kept_out")
    address = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "address"], name="kept_out_once")]

    def __str__(self):
        return str(self.campaign_id)


class Tally(models.Model):
    """How many have confirmed, counted on with each: a million rows cost the page as little as ten."""

    campaign = models.OneToOneField(CampaignPage, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    confirmed = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.confirmed)
