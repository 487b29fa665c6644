from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from campaigns.events.dates import write_dates
from campaigns.periods import FINISHED, PLANNED, RUNNING
from campaigns.structured_data import event
from core.languages import IN_SOURCE_LANGUAGE, reader_language
from core.listing import choose, paginate
from core.models import BasePage
from core.panels import InlinePanel, MultipleChooserPanel
from core.publishing import SourcePageQuerySet
from organisations.languages import german_choices
from organisations.models import OrganisationLink, linked_organisations


class EventQuerySet(SourcePageQuerySet):
    def upcoming(self):
        """Public events that have not ended, the next one first."""
        return self.listed().with_cards().filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self):
        return self.listed().with_cards().filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")


class EventIndexPage(BasePage):
    tone = "leaf"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("events overview")
        verbose_name_plural = _("events overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        times = [("upcoming", _("Upcoming")), ("past", _("Past"))]
        when = choose("when", _("When"), times, request.GET, reader_language(), default="upcoming")
        events = EventPage.objects.past() if when.value == "past" else EventPage.objects.upcoming()
        context["filters"] = [when]
        context["pages"] = paginate(events, request.GET, context["filters"])
        return context


class EventPage(BasePage):
    STEP_FREE = [("", _("unknown")), ("yes", _("yes")), ("partly", _("partly")), ("no", _("no"))]

    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    location_name = models.CharField(_("venue"), max_length=160, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    online_url = models.URLField(_("address of the online event"), blank=True)
    step_free = models.CharField(_("step-free rooms"), max_length=6, choices=STEP_FREE, blank=True)
    accessibility_note = models.CharField(_("note on accessibility"), max_length=240, blank=True)
    sign_language = models.BooleanField(_("sign language interpreting"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registers_here = models.BooleanField(
        _("registration on this site"),
        default=False,
        db_default=False,
        help_text=_("Guests register here, in their own language. Whoever registers gets the join link."),
    )
    registration_url = models.URLField(
        _("address for registration"), blank=True, help_text=_("Only where guests register on another site.")
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
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("location_name"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("place")]),
                FieldPanel("online_url"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [FieldPanel("step_free"), FieldPanel("accessibility_note"), FieldPanel("sign_language")],
            heading=_("Accessibility"),
        ),
        InlinePanel("interpreted_languages", heading=_("Interpreted languages"), label=_("language")),
        MultiFieldPanel(
            [FieldPanel("capacity"), FieldPanel("registers_here"), FieldPanel("registration_url")],
            heading=_("Registration"),
        ),
        MultipleChooserPanel(
            "organisation_links", "organisation", heading=_("Organisations taking part"), label=_("organisation")
        ),
        FieldPanel("projects", widget=CheckboxSelectMultiple),
        FieldPanel("body"),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("place"), index.SearchField("location_name")]

    tone = "leaf"
    parent_page_types = ["campaigns.EventIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})
        if self.registers_here and self.registration_url:
            raise ValidationError({"registration_url": _("Guests register either here or there.")})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # Drafts save a few columns only; what holds for readers is saved whole.
        if kwargs.get("update_fields") is None and self.source.pk == self.pk:
            write_dates(self)

    @property
    def needs_registration(self) -> bool:
        return self.facts.registers_here or bool(self.facts.registration_url)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["organisations"] = linked_organisations(self.facts.organisation_links)
        return context

    @property
    def status(self) -> str:
        now = timezone.now()
        if self.facts.ends_at < now:
            return FINISHED
        return RUNNING if self.facts.starts_at <= now else PLANNED

    def structured_data(self, request):
        return event(self)


class EventOrganisation(OrganisationLink):
    heading = _("Events")
    tone = "leaf"
    moment = "starts_at"

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="organisation_links")

    @classmethod
    def pages_of(cls, organisation):
        """Only those that are still to come."""
        return super().pages_of(organisation).filter(ends_at__gte=timezone.now())


class InterpretedLanguage(Orderable):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="interpreted_languages")
    language = models.CharField(_("language"), max_length=3, choices=german_choices)

    panels = [FieldPanel("language")]
