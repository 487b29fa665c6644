from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import TranslatableField

from campaigns.blocks import QuestionsBlock

LARGEST_GROUP = 10


class TakesRegistrations(models.Model):
    """How people register for the dates of an event that takes registrations itself (`registers_here`)."""

    CLOSES_BEFORE = [
        (0, _("when the event begins")),
        (2, _("two hours before")),
        (12, _("twelve hours before")),
        (24, _("one day before")),
        (48, _("two days before")),
        (72, _("three days before")),
        (168, _("one week before")),
        (336, _("two weeks before")),
    ]

    closes_before = models.PositiveSmallIntegerField(
        _("registration closes"), choices=CLOSES_BEFORE, default=0, db_default=0, help_text=_("For each date.")
    )
    largest_group = models.PositiveSmallIntegerField(
        _("people in one registration, at most"),
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_GROUP)],
    )
    has_waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        db_default=True,
        help_text=_("When all places are taken. Whoever moves up has the place at once and is told by email."),
    )
    asks_for_needs = models.BooleanField(
        _("ask what guests need"),
        default=True,
        db_default=True,
        help_text=_("Interpreting and childcare where the event offers them, and what helps against barriers."),
    )
    asks_for_note = models.BooleanField(
        _("guests may write a note"), default=False, db_default=False, help_text=_("Only the organisers read it.")
    )
    questions = StreamField(
        QuestionsBlock(),
        verbose_name=_("own questions"),
        null=True,
        blank=True,
        help_text=_("Guests choose among your answers, each in their language; you read what they chose in German."),
    )
    registration_consent = models.TextField(
        _("what guests agree to"),
        blank=True,
        db_default="",
        help_text=_("Empty: our usual text, in all languages. It names the event as purpose and the 30 days."),
    )

    registration_panels = [
        FieldRowPanel([FieldPanel("closes_before"), FieldPanel("largest_group")]),
        FieldPanel("has_waiting_list"),
        FieldPanel("asks_for_needs"),
        FieldPanel("asks_for_note"),
        FieldPanel("questions"),
        FieldPanel("registration_consent"),
    ]
    registration_texts = [TranslatableField("questions"), TranslatableField("registration_consent")]

    class Meta:
        abstract = True
