from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGE_NAMES
from organisations.fields import LatitudeField, LongitudeField
from organisations.models.entry import EXACT, PRECISIONS, TOWN
from organisations.states import STATES

TERM_MONTHS = 12


def languages() -> list[tuple[str, str]]:
    """A callable keeps the list out of migrations."""
    return [*LANGUAGE_NAMES.items()]


class OfficeRecord(models.Model):
    """What the office knows of an organisation and the public does not: the exact address, the mailbox, consents.

    `organisations.safety.release` copies to the public entry what may be known. Not part of the page: changes hold at
    once, without a draft, and no revision keeps what was taken back.
    """

    organisation = models.OneToOneField(
        "organisations.OrganisationPage", primary_key=True, on_delete=models.CASCADE, related_name="record"
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("A German postal code has five digits."))],
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, choices=STATES, blank=True)
    latitude = LatitudeField(_("latitude"))
    longitude = LongitudeField(_("longitude"))
    precision = models.CharField(
        _("what the public sees of the address"), max_length=10, choices=PRECISIONS, default=TOWN
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    shows_phone = models.BooleanField(_("the phone number is public"), default=False)
    email = models.EmailField(
        _("email"), blank=True, help_text=_("The mailbox of the office. It is never shown: a form passes mail on.")
    )
    language = models.CharField(_("language of mails"), max_length=12, choices=languages, default="de")
    open_data = models.BooleanField(
        _("part of the open data"), default=False, help_text=_("Others may use and pass on what is public here.")
    )
    consent = models.CharField(
        _("consent"),
        max_length=200,
        blank=True,
        help_text=_("Who agreed and when. Needed for an exact address, a public phone number and open data."),
    )

    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(
        _("to be confirmed every … months"),
        default=TERM_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    created_on = models.DateField(default=timezone.localdate, editable=False)
    # Where the reminders stand: when the first of this round was sent, and how many have been sent.
    asked_on = models.DateField(null=True, editable=False)
    times_asked = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("contact details")
        verbose_name_plural = _("contact details")

    def __str__(self):
        return str(self.organisation)

    def clean(self):
        if self.needs_consent and not self.consent:
            raise ValidationError({"consent": _("Please note who agreed to this and when.")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Latitude and longitude belong together.")})

    @property
    def needs_consent(self) -> bool:
        return (
            (self.precision == EXACT and bool(self.street)) or (self.shows_phone and bool(self.phone)) or self.open_data
        )

    @property
    def due_on(self) -> date:
        """When the profile wants to be confirmed again; one that never was, at once."""
        if self.confirmed_on is None:
            return self.created_on
        return self.confirmed_on + relativedelta(months=self.term_months)
