from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from core.collation import plain
from core.languages import IN_SOURCE_LANGUAGE
from core.models import BasePage
from core.panels import InlinePanel
from core.publishing import SourcePageQuerySet
from organisations import languages
from organisations.models.entry import DirectoryEntry
from organisations.panels import ContactPanel
from organisations.safety import release
from organisations.structured_data import ngo


class OrganisationQuerySet(SourcePageQuerySet):
    def listed(self):
        return super().listed().exclude(status=OrganisationPage.CLOSED)

    def with_cards(self):
        return super().with_cards().select_related("listing_image", "entry").prefetch_related("spoken_languages")

    def by_name(self):
        return self.order_by("sort_name", "pk")


class OrganisationPage(BasePage):
    """The profile of one organisation."""

    ACTIVE, DORMANT, CLOSED = "active", "dormant", "closed"
    STATUSES = [(ACTIVE, _("active")), (DORMANT, _("dormant")), (CLOSED, _("closed"))]
    STEP_FREE = [("", _("unknown")), ("yes", _("yes")), ("partly", _("partly")), ("no", _("no"))]

    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    member_number = models.CharField(_("member number"), max_length=30, null=True, blank=True, unique=True)
    other_networks = ParentalManyToManyField(
        "organisations.NetworkPage",
        verbose_name=_("further networks"),
        blank=True,
        related_name="further_organisations",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )

    website = models.URLField(_("website"), blank=True)

    tasks = ParentalManyToManyField(
        "organisations.Task", verbose_name=_("tasks"), blank=True, limit_choices_to=IN_SOURCE_LANGUAGE
    )
    services = ParentalManyToManyField(
        "organisations.Service", verbose_name=_("services"), blank=True, limit_choices_to=IN_SOURCE_LANGUAGE
    )
    target_groups = ParentalManyToManyField(
        "organisations.TargetGroup", verbose_name=_("target groups"), blank=True, limit_choices_to=IN_SOURCE_LANGUAGE
    )
    step_free = models.CharField(_("step-free rooms"), max_length=6, choices=STEP_FREE, blank=True)
    accessibility_note = models.CharField(_("note on accessibility"), max_length=240, blank=True)
    logo = models.ForeignKey(
        "core.SiteImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(_("status"), max_length=8, choices=STATUSES, default=ACTIVE)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Invented for the demonstration and marked as such.")
    )
    sort_name = models.CharField(max_length=255, editable=False, db_index=True, default="")

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("legal_name"), FieldPanel("short_name")]),
                FieldRowPanel([FieldPanel("legal_form"), FieldPanel("founded")]),
                FieldRowPanel([FieldPanel("member_number"), FieldPanel("status")]),
                FieldPanel("logo"),
                FieldPanel("is_sample"),
            ],
            heading=_("Organisation"),
        ),
        ContactPanel(heading=_("Address and contact")),
        MultiFieldPanel(
            [FieldPanel("website"), InlinePanel("social_links", label=_("profile in a social network"))],
            heading=_("On the web"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("tasks", widget=CheckboxSelectMultiple),
                FieldPanel("services", widget=CheckboxSelectMultiple),
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
            ],
            heading=_("What it offers, and for whom"),
        ),
        InlinePanel("spoken_languages", heading=_("Spoken languages"), label=_("language")),
        InlinePanel("opening_hours", heading=_("Opening hours"), label=_("opening hours")),
        MultiFieldPanel([FieldPanel("step_free"), FieldPanel("accessibility_note")], heading=_("Getting in")),
        FieldPanel("body"),
        FieldPanel("other_networks", widget=CheckboxSelectMultiple),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("legal_name"),
        index.SearchField("short_name"),
        index.SearchField("names_of_places_and_languages"),
    ]

    # Every number is given once; a translation is a copy.
    exclude_fields_in_copy = ["member_number"]

    parent_page_types = ["organisations.NetworkPage", "organisations.DirectoryPage"]
    subpage_types = []

    objects = PageManager.from_queryset(OrganisationQuerySet)()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    @transaction.atomic
    def save(self, *args, **kwargs):
        self.sort_name = plain(self.title)[:255]
        self.member_number = self.member_number or None
        super().save(*args, **kwargs)
        if self.source is self:
            release(self)

    def searchable_texts(self):
        """With the names of what it offers, so that "Sprachkurs" finds those who merely ticked it."""
        vocabularies = (self.tasks, self.services, self.target_groups)
        return super().searchable_texts() + [term.name for terms in vocabularies for term in terms.all()]

    def names_of_places_and_languages(self) -> str:
        """For the index: where it is, as far as that is public, and every name of the languages spoken there."""
        entry = getattr(self.source, "entry", None) or DirectoryEntry()
        names = [name for code in self.source.language_codes for name in languages.all_names(code)]
        return " ".join([entry.postal_code, entry.place, entry.municipality, *names])

    @property
    def language_codes(self) -> list[str]:
        """Spoken languages, each once, however many ways it is offered."""
        return list(dict.fromkeys(spoken.language for spoken in self.spoken_languages.all()))

    def get_context(self, request, *args, **kwargs):
        # Structured data and text both need them.
        if self.facts.pk:
            models.prefetch_related_objects([self.facts], "spoken_languages", "opening_hours", "social_links")
        return super().get_context(request, *args, **kwargs)

    def structured_data(self, request):
        return ngo(self)


class SpokenLanguage(Orderable):
    MODES = [
        ("on-site", _("on site")),
        ("phone", _("by phone")),
        ("written", _("in writing")),
        ("interpreter", _("interpreter on request")),
    ]

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="spoken_languages")
    language = models.CharField(_("language"), max_length=3, choices=languages.german_choices, db_index=True)
    mode = models.CharField(_("how"), max_length=12, choices=MODES, default="on-site")
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("For example: Mondays only"))

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("mode"), FieldPanel("note")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "mode"], name="unique_spoken_language"),
        ]


class OpeningHours(Orderable):
    WEEKDAYS = [
        (1, _("Monday")),
        (2, _("Tuesday")),
        (3, _("Wednesday")),
        (4, _("Thursday")),
        (5, _("Friday")),
        (6, _("Saturday")),
        (7, _("Sunday")),
    ]

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes"), FieldPanel("note")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="closes_after_opening",
                violation_error_message=_("Closing time must be later than opening time."),
            ),
        ]


class SocialLink(Orderable):
    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="social_links")
    url = models.URLField(_("address"))

    panels = [FieldPanel("url")]
