from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from core.languages import IN_SOURCE_LANGUAGE, reader_language
from core.listing import choose, paginate
from core.models import BasePage, Topic
from core.publishing import SourcePageQuerySet
from news.structured_data import news_article


class NewsQuerySet(SourcePageQuerySet):
    def newest(self):
        """Public news, the latest first, with what cards and feeds show."""
        return self.listed().with_cards().order_by("-date", "-pk")


class NewsIndexPage(BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage", "campaigns.PressKitPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news overview")
        verbose_name_plural = _("news overviews")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = reader_language()
        kind = choose("kind", _("Kind"), NewsPage.KINDS, request.GET, language)
        topic = choose("topic", _("Topic"), Topic.objects.labels(), request.GET, language)
        news = NewsPage.objects.newest()
        if kind.value:
            news = news.filter(kind=kind.value)
        if topic.value:
            news = news.filter(topics__key=topic.value)
        context["filters"] = [kind, topic]
        context["pages"] = paginate(news, request.GET, context["filters"])
        return context


class NewsPage(BasePage):
    KINDS = [
        ("news", pgettext_lazy("kind of news", "News")),
        ("press", _("Press release")),
        ("statement", _("Statement")),
    ]

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="news")
    topics = ParentalManyToManyField(
        "core.Topic", verbose_name=_("topics"), blank=True, related_name="news", limit_choices_to=IN_SOURCE_LANGUAGE
    )
    projects = ParentalManyToManyField(
        "campaigns.ProjectPage",
        verbose_name=_("projects"),
        blank=True,
        related_name="news",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    networks = ParentalManyToManyField(
        "organisations.NetworkPage",
        verbose_name=_("networks"),
        blank=True,
        related_name="news",
        limit_choices_to=IN_SOURCE_LANGUAGE,
        help_text=_("On whose pages this is shown."),
    )
    press_contact = models.ForeignKey(
        "core.Contact",
        verbose_name=_("press contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BasePage.title_panels,
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("kind"),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("projects", widget=CheckboxSelectMultiple),
                FieldPanel("networks", widget=CheckboxSelectMultiple),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
        FieldPanel("press_contact"),
    ]

    search_fields = [*BasePage.search_fields, index.FilterField("date"), index.FilterField("kind")]

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(NewsQuerySet)()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def structured_data(self, request):
        return news_article(self)
