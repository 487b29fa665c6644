from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from campaigns.events.dates import write_dates
from campaigns.events.form import EventPageForm
from campaigns.events.outlook import Outlook
from campaigns.events.queryset import EventQuerySet
from campaigns.models.event_conditions import Welcomes
from campaigns.models.event_time import TakesPlace
from campaigns.models.registering import TakesRegistrations
from campaigns.structured_data import event
from core.languages import IN_SOURCE_LANGUAGE
from core.models import BasePage
from core.panels import MultipleChooserPanel
from organisations.languages import german_choices
from organisations.models import NetworkPage, OrganisationLink, linked_organisations


class EventPage(TakesPlace, Welcomes, TakesRegistrations, BasePage):
    location_name = models.CharField(_("venue"), max_length=160, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    online_url = models.URLField(
        _("address of the online event"),
        blank=True,
        help_text=_("Where guests have to register, only they get it; the page then says no more than “online”."),
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("On each date."))
    registers_here = models.BooleanField(
        _("registration on this site"),
        default=False,
        db_default=False,
        help_text=_("Guests register here, in their own language. Whoever registers gets the join link."),
    )
    registration_url = models.URLField(
        _("address for registration"), blank=True, help_text=_("Only where guests register on another site.")
    )
    networks = ParentalManyToManyField(
        NetworkPage,
        verbose_name=_("networks"),
        blank=True,
        related_name="events",
        limit_choices_to=IN_SOURCE_LANGUAGE,
        help_text=_("On whose pages and in whose calendars this is shown."),
    )
    projects = ParentalManyToManyField(
        "campaigns.ProjectPage",
        verbose_name=_("projects"),
        blank=True,
        related_name="events",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )

    content_panels = [
        *BasePage.title_panels,
        *TakesPlace.time_panels,
        MultiFieldPanel(
            [
                FieldPanel("location_name"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("place")]),
                FieldPanel("online_url"),
            ],
            heading=_("Where"),
        ),
        *Welcomes.welcome_panels,
        MultiFieldPanel(
            [
                FieldPanel("capacity"),
                FieldPanel("registers_here"),
                *TakesRegistrations.registration_panels,
                FieldPanel("registration_url"),
            ],
            heading=_("Registration"),
        ),
        MultipleChooserPanel(
            "organisation_links", "organisation", heading=_("Organisations taking part"), label=_("organisation")
        ),
        FieldPanel("networks", widget=CheckboxSelectMultiple),
        FieldPanel("projects", widget=CheckboxSelectMultiple),
        FieldPanel("body"),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("place"), index.SearchField("location_name")]

    translatable_fields = [
        *BasePage.translatable_fields,
        *TakesPlace.time_texts,
        *Welcomes.welcome_texts,
        *TakesRegistrations.registration_texts,
    ]

    tone = "leaf"
    parent_page_types = ["campaigns.EventIndexPage"]
    subpage_types = []

    base_form_class = EventPageForm

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        if self.registers_here and self.registration_url:
            raise ValidationError({"registration_url": _("Guests register either here or there.")})

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # Drafts save a few columns only; what holds for readers is saved whole.
        if kwargs.get("update_fields") is None and self.source.pk == self.pk:
            write_dates(self)

    @property
    def needs_registration(self) -> bool:
        return self.facts.registers_here or bool(self.facts.registration_url)

    @property
    def join_url(self) -> str:
        """Where everybody may join online; guests of an event with registration are told by mail."""
        return "" if self.needs_registration else self.facts.online_url

    @cached_property
    def card_date(self):
        """The date a card speaks of: the next one, else the last."""
        found = getattr(self, "card_dates", None)
        return found[0] if found else self.outlook.date

    @cached_property
    def outlook(self) -> Outlook:
        return Outlook(self)

    @property
    def status(self) -> str:
        return self.outlook.status

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            self.outlook = Outlook(self, from_draft=True)
        context["organisations"] = linked_organisations(self.facts.organisation_links)
        return context

    def structured_data(self, request):
        return event(self)


class EventOrganisation(OrganisationLink):
    heading = _("Events")
    tone = "leaf"
    moment = "next_start"

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="organisation_links")

    @classmethod
    def pages_of(cls, organisation):
        """Only those that are still to come."""
        return super().pages_of(organisation).to_come()


class InterpretedLanguage(Orderable):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="interpreted_languages")
    language = models.CharField(_("language"), max_length=3, choices=german_choices)

    panels = [FieldPanel("language")]
