from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail_localize.fields import TranslatableField

from campaigns.launch_check import unsaid
from campaigns.models.way_to_help import WayToHelp
from campaigns.panels import LaunchCheckPanel
from campaigns.periods import FINISHED, RUNNING, STATUSES, status_of
from core.languages import IN_SOURCE_LANGUAGE, base, reader_language
from core.listing import choose, paginate
from core.models import BasePage
from core.models.vocabulary import Label, labels_by_language
from core.panels import InlinePanel
from core.publishing import SourcePageQuerySet
from core.rich_text import PROSE

PETITION, PLEDGE, TAKE_PART, NEWSLETTER, CONTACT = "petition", "pledge", "take_part", "newsletter", "contact"

# Actions with a form of ours, behind which somebody is counted.
SIGNED = (PETITION, PLEDGE, TAKE_PART)

# Without these nobody can take part: prose in each language, facts on the German page.
FOR_A_FORM = ("ask", "form_intro", "consent_text", "confirmation_text", "thank_you_text", "share_text")
PROSE_NEEDED = {
    **dict.fromkeys(SIGNED, FOR_A_FORM),
    NEWSLETTER: ("ask", "share_text"),
    CONTACT: ("ask", "letter_subject", "letter", "share_text"),
}
FACTS_NEEDED = {CONTACT: ("letter_to", "letter_to_email")}

OPTIONAL = {"blank": True, "default": "", "db_default": ""}


class CampaignQuerySet(SourcePageQuerySet):
    def newest(self):
        return self.listed().with_cards().order_by("-starts_on", "-pk")

    def current(self):
        """Running and to come."""
        return self.newest().filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def ended(self):
        return self.newest().filter(ends_on__lt=timezone.localdate())


class CampaignIndexPage(BasePage):
    tone = "leaf"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("campaign overview")
        verbose_name_plural = _("campaign overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        choices = [(RUNNING, _("Current")), (FINISHED, _("Archive"))]
        status = choose("status", _("Status"), choices, request.GET, reader_language(), default=RUNNING)
        campaigns = CampaignPage.objects.ended() if status.value == FINISHED else CampaignPage.objects.current()
        context["filters"] = [status]
        context["pages"] = paginate(campaigns, request.GET, context["filters"])
        return context


class CampaignPage(BasePage):
    ACTIONS = [
        (PETITION, _("Sign a petition")),
        (PLEDGE, _("Make a pledge")),
        (TAKE_PART, _("Lend a hand")),
        (NEWSLETTER, _("Get the newsletter")),
        (CONTACT, _("Write to those who decide")),
    ]

    action = models.CharField(_("what people can do"), max_length=12, choices=ACTIONS, default=PETITION)
    goal = models.PositiveIntegerField(
        _("goal"), null=True, blank=True, help_text=_("How many people shall take part.")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("The last day on which people can take part.")
    )
    ways = ParentalManyToManyField(
        WayToHelp,
        verbose_name=_("ways to help"),
        blank=True,
        related_name="campaigns",
        limit_choices_to=IN_SOURCE_LANGUAGE,
        help_text=_("Whoever takes part may tick what they would like to do."),
    )
    ask = models.CharField(_("what is asked for"), max_length=300, blank=True)
    form_intro = models.TextField(
        _("text above the form"),
        max_length=400,
        **OPTIONAL,
        help_text=_("What happens when somebody fills in the form."),
    )
    consent_text = models.TextField(_("consent text"), blank=True)
    confirmation_text = models.TextField(
        _("text of the confirmation mail"),
        max_length=600,
        **OPTIONAL,
        help_text=_("Stands in the mail that asks people to confirm, before the link."),
    )
    thank_you_text = models.TextField(
        _("thank-you text"), max_length=600, **OPTIONAL, help_text=_("On the page and in the mail after confirming.")
    )
    share_text = models.CharField(_("text for sharing"), max_length=280, blank=True)

    projects = ParentalManyToManyField(
        "campaigns.ProjectPage",
        verbose_name=_("projects"),
        blank=True,
        related_name="campaigns",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )

    letter_to = models.CharField(
        _("addressee"), max_length=160, **OPTIONAL, help_text=_("The office and its name, as it stands in a letter.")
    )
    letter_to_email = models.EmailField(
        _("email address of the addressee"),
        **OPTIONAL,
        help_text=_("Everybody sees it: only the public address of an office, never a private one."),
    )
    letter_subject = models.CharField(_("subject of the letter"), max_length=120, **OPTIONAL)
    letter = models.TextField(
        _("letter"),
        max_length=1500,
        **OPTIONAL,
        help_text=_(
            "People send the German text themselves, from their own address; the translation tells them what it says."
        ),
    )

    result = RichTextField(
        _("result"),
        features=PROSE,
        **OPTIONAL,
        help_text=_("What the campaign has brought about, and what it has not."),
    )
    handed_over_to = models.CharField(_("handed over to"), max_length=200, **OPTIONAL)
    handed_over_on = models.DateField(
        _("handed over on"),
        null=True,
        blank=True,
        help_text=_("Six months later the signatures are deleted; their number stays."),
    )
    hand_over_picture = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture of the hand-over"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("ask"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("action"), FieldPanel("goal")]),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("ways", widget=CheckboxSelectMultiple),
                FieldPanel("projects", widget=CheckboxSelectMultiple),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel(name) for name in FOR_A_FORM if name != "ask"],
            heading=_("Texts"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("letter_to"), FieldPanel("letter_to_email")]),
                FieldPanel("letter_subject"),
                FieldPanel("letter"),
            ],
            heading=_("Letter to those who decide"),
        ),
        InlinePanel("paper_batches", heading=_("Signatures on paper"), label=_("batch")),
        MultiFieldPanel(
            [
                FieldPanel("result"),
                FieldRowPanel([FieldPanel("handed_over_to"), FieldPanel("handed_over_on")]),
                FieldPanel("hand_over_picture"),
            ],
            heading=_("After the end"),
        ),
        InlinePanel(
            "motifs",
            heading=_("Pictures to share"),
            label=_("motif"),
            help_text=_("Organisations add their name and logo to one of these and share it."),
        ),
        LaunchCheckPanel(heading=_("Where people can take part")),
    ]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("ask"),
        TranslatableField("form_intro"),
        TranslatableField("consent_text"),
        TranslatableField("confirmation_text"),
        TranslatableField("thank_you_text"),
        TranslatableField("share_text"),
        TranslatableField("letter_subject"),
        TranslatableField("letter"),
        TranslatableField("result"),
        TranslatableField("handed_over_to"),
    ]

    shown_with_page = ("tally", "hand_over_picture")
    tone = "leaf"
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = ["campaigns.CampaignUpdatePage", "campaigns.PressKitPage"]

    objects = PageManager.from_queryset(CampaignQuerySet)()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})

    @property
    def status(self) -> str:
        return status_of([(self.facts.starts_on, self.facts.ends_on)])

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def is_running(self) -> bool:
        """Whether people can take part now, whichever way."""
        return self.live and self.status == RUNNING

    @property
    def is_archived(self) -> bool:
        return self.status == FINISHED

    @property
    def takes_sign_ups(self) -> bool:
        return self.is_running and self.facts.action in SIGNED

    @property
    def takes_confirmations(self) -> bool:
        """Also after the last day: who sent the form in time has time for the mail."""
        return self.live and self.facts.action in SIGNED

    @property
    def paper_signatures(self) -> int:
        return sum(batch.number for batch in self.facts.paper_batches.all())

    @cached_property
    def words_for_ways(self) -> dict[str, list[Label]]:
        """What its ways to help are called, by language."""
        return labels_by_language(self.facts.ways)

    @property
    def lacking(self) -> list[str]:
        """The fields that must be filled in before people can take part in the language of this page."""
        action = self.facts.action
        prose = unsaid(self, PROSE_NEEDED[action])
        facts = [name for name in FACTS_NEEDED.get(action, ()) if not getattr(self.facts, name)]
        return prose + facts + ([] if self.has_words_for_ways else ["ways"])

    @property
    def has_words_for_ways(self) -> bool:
        """Whether everybody who reads this page can read what they tick."""
        if self.facts.action not in SIGNED:
            return True
        ways = self.facts.words_for_ways[self.text_language]
        if not ways:
            return self.facts.action != TAKE_PART
        return all(base(way.language) == base(self.text_language) for way in ways)
