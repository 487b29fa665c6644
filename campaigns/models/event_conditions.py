from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import TranslatableField

from core.panels import InlinePanel

FREE, AMOUNT, SLIDING = "free", "amount", "sliding"


class Welcomes(models.Model):
    """Whom an event is for, what it costs, and what makes it possible to come."""

    PRICES = [
        ("", pgettext_lazy("price", "not stated")),
        (FREE, _("free of charge")),
        (AMOUNT, _("one price")),
        (SLIDING, _("as much as you can, from … to …")),
    ]
    STEP_FREE = [("", _("unknown")), ("yes", _("yes")), ("partly", _("partly")), ("no", _("no"))]

    target_group = models.CharField(
        _("for whom"), max_length=160, blank=True, default="", db_default="", help_text=_("Empty: for everybody.")
    )
    women_only = models.BooleanField(_("for women only"), default=False, db_default=False)
    price_kind = models.CharField(_("price"), max_length=8, choices=PRICES, blank=True, default="", db_default="")
    price = models.DecimalField(
        _("price in euros"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("The lowest one where guests choose."),
    )
    highest_price = models.DecimalField(
        _("highest price in euros"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    price_note = models.CharField(
        _("note on the price"),
        max_length=240,
        blank=True,
        default="",
        db_default="",
        help_text=_("Reductions, how to pay."),
    )
    step_free = models.CharField(_("step-free rooms"), max_length=6, choices=STEP_FREE, blank=True)
    accessibility_note = models.CharField(_("note on accessibility"), max_length=240, blank=True)
    sign_language = models.BooleanField(_("sign language interpreting"), default=False)
    childcare = models.BooleanField(_("childcare"), default=False, db_default=False)

    welcome_panels = [
        MultiFieldPanel([FieldPanel("target_group"), FieldPanel("women_only")], heading=_("For whom")),
        MultiFieldPanel(
            [
                FieldPanel("price_kind"),
                FieldRowPanel([FieldPanel("price"), FieldPanel("highest_price")]),
                FieldPanel("price_note"),
            ],
            heading=_("Price"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("step_free"),
                FieldPanel("accessibility_note"),
                FieldPanel("sign_language"),
                FieldPanel("childcare"),
            ],
            heading=_("Accessibility"),
        ),
        InlinePanel("interpreted_languages", heading=_("Interpreted languages"), label=_("language")),
    ]
    welcome_texts = [TranslatableField("target_group"), TranslatableField("price_note")]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.price_kind in (AMOUNT, SLIDING) and self.price is None:
            raise ValidationError({"price": _("Please give the price.")})
        if self.price_kind == SLIDING and (self.highest_price or 0) <= (self.price or 0):
            raise ValidationError({"highest_price": _("Please give a price above the lowest one.")})
