from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.forms import CheckboxSelectMultiple, TextInput
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel, PageChooserPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Orderable, Page

from campaigns.models.mailing import Mailing
from core.languages import IN_SOURCE_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE

KIND = "newsletter"
OTHER_LANGUAGES = [(code, name) for code, name in LANGUAGE_NAMES.items() if code != SOURCE_LANGUAGE]
# What an issue may tell of. All have a title, a summary and translations.
ITEM_TYPES = [
    "news.NewsPage",
    "campaigns.EventPage",
    "campaigns.CampaignPage",
    "campaigns.ProjectPage",
    "stories.StoryPage",
]
LONGEST_SLUG = 60


class NewsletterIssueQuerySet(models.QuerySet):
    def with_state(self):
        """With `state`, empty for drafts, and `written_at`."""
        mailings = Mailing.objects.filter(kind=KIND, about=OuterRef("pk"))
        return self.annotate(
            state=Subquery(mailings.values("state")), written_at=Subquery(mailings.values("written_at"))
        )

    def with_subject_in(self, language: str):
        """With `translated_subject`, empty where there is none."""
        rows = NewsletterTranslation.objects.filter(issue=OuterRef("pk"), language=language)
        return self.annotate(translated_subject=Subquery(rows.values("subject")[:1]))

    def public(self):
        """Issues that have begun to go out, the latest first."""
        mailings = Mailing.objects.filter(kind=KIND, about=OuterRef("pk"), written_at__isnull=False)
        return self.filter(Exists(mailings)).with_state().order_by("-written_at", "-pk")


class NewsletterIssue(ClusterableModel):
    """What the newsletter says once: a greeting in each language, and published pages in an order of their own."""

    subject = models.CharField(_("subject"), max_length=120)
    introduction = models.TextField(
        _("introduction"),
        max_length=3000,
        blank=True,
        help_text=_("Some sentences before the first item. Empty lines make paragraphs; addresses become links."),
    )
    topics = ParentalManyToManyField(
        "core.Topic",
        verbose_name=_("goes to readers of these topics"),
        blank=True,
        related_name="+",
        limit_choices_to=IN_SOURCE_LANGUAGE,
        help_text=_("Without a topic it goes to everybody. Readers who chose no topic get every issue."),
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)

    panels = [
        FieldPanel("subject"),
        FieldPanel("introduction"),
        MultipleChooserPanel("items", "page", heading=_("Items"), label=_("item")),
        InlinePanel(
            "translations",
            heading=_("Subject and introduction in other languages"),
            label=_("language"),
            help_text=_("Titles and summaries of the items are translated already. What is missing here stays German."),
        ),
        MultiFieldPanel([FieldPanel("topics", widget=CheckboxSelectMultiple)], heading=_("Readers")),
    ]

    objects = NewsletterIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")

    def __str__(self):
        return self.subject

    @cached_property
    def mailing(self) -> Mailing | None:
        """Its sending, once that has been ordered."""
        return Mailing.objects.about(KIND, self).first()

    @property
    def slug(self) -> str:
        """The key at the end finds it, so two issues may have the same subject."""
        return f"{slugify(self.subject)[:LONGEST_SLUG].strip('-') or 'newsletter'}-{self.pk}"

    def words(self, field: str, language: str) -> tuple[str, str]:
        """`subject` or `introduction` in this language, else in German; and the language it is in."""
        row = self.translated.get(language)
        text = getattr(row, field) if row else ""
        return (text, language) if text.strip() else (getattr(self, field), SOURCE_LANGUAGE)

    @cached_property
    def translated(self) -> dict[str, "NewsletterTranslation"]:
        return {row.language: row for row in self.translations.all()}


class NewsletterItem(Orderable):
    issue = ParentalKey(NewsletterIssue, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page", ITEM_TYPES)]

    class Meta(Orderable.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self):
        return self.page.title

    def clean(self):
        """Translations stand for the German page: every reader gets their own language of it."""
        super().clean()
        if not self.page_id or self.page.locale.language_code == SOURCE_LANGUAGE:
            return
        german = self.page.get_translations().filter(**IN_SOURCE_LANGUAGE).first()
        if german is None:
            raise ValidationError({"page": _("There is no German page behind this one.")})
        self.page = german


class NewsletterTranslation(models.Model):
    """Subject and introduction in another language, translated by hand. An empty field stays German."""

    issue = ParentalKey(NewsletterIssue, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12, choices=OTHER_LANGUAGES)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), max_length=3000, blank=True)

    panels = [
        FieldPanel("language"),
        FieldPanel("subject", widget=TextInput(attrs={"dir": "auto"})),
        FieldPanel("introduction", widget=AdminAutoHeightTextInput(attrs={"dir": "auto"})),
    ]

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "language"],
                name="one_greeting_for_a_language",
                violation_error_message=_("This language is there already."),
            )
        ]

    def __str__(self):
        return self.get_language_display()
