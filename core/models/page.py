from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core import publication
from core.blocks import BodyBlock
from core.forms import BasePageForm
from core.languages import SOURCE_LANGUAGE, reader_language
from core.locales import language_of
from core.publishing import SourcePageManager
from core.stems import stem
from core.texts import Text, text_of


class BasePage(Page):
    """What every page has. Prose is translated; facts are entered once, on the source page (`facts`)."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("Two sentences for listings and search results. At most 300 characters."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)
    listing_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture in listings"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    social_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when somebody shares the address; at best 1200 by 630 pixels."),
    )

    title_panels = [*Page.content_panels, FieldPanel("summary")]
    content_panels = [*title_panels, FieldPanel("body")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("show_in_menus")], heading=_("Address and menu")),
        MultiFieldPanel([FieldPanel("listing_image"), FieldPanel("social_image")], heading=_("Pictures")),
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Search engines")),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("stems"),
    ]

    # Whatever is not named here is a fact and is read from the source page.
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        TranslatableField("body"),
        SynchronizedField("slug", overridable=False),
    ]
    # Prose that is read outside of the page's own main text as well: in listings, in the frame, in search engines.
    shown_elsewhere = frozenset({"title", "summary", "seo_title", "search_description"})

    base_form_class = BasePageForm
    # Single rows of this type that are fetched together with the page.
    shown_with_page = ()
    # The colour of the part of the site it belongs to; see .tone-… in base.css.
    tone = "petrol"

    objects = SourcePageManager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """The one place that every way of going live passes."""
        if self._goes_live:
            publication.demand(self)
        super().save(*args, **kwargs)

    @property
    def _goes_live(self) -> bool:
        """Whether a version is becoming the public one, rather than something being noted about the page."""
        if not self.live or not self.live_revision_id:
            return False
        return not Page.objects.filter(pk=self.pk, live=True, live_revision=self.live_revision_id).exists()

    @cached_property
    def source(self):
        """The page this one translates; the page itself where it is the source or free-standing."""
        if language_of(self.locale_id) == SOURCE_LANGUAGE:
            return self
        translations = type(self).objects.filter(translation_key=self.translation_key)
        return translations.filter(locale__language_code=SOURCE_LANGUAGE).first() or self

    @property
    def facts(self):
        """Where every fact is read from: `page.facts.date`, never `page.date`."""
        return self.source

    @cached_property
    def text_language(self) -> str:
        """The language this page's text is in; an alias mirrors the text of its original."""
        original = self.alias_of if self.alias_of_id else self
        return language_of(original.locale_id)

    @cached_property
    def text(self) -> Text:
        """Title and summary for listings, in the reader's language where the queryset asked for it (`with_text`)."""
        return text_of(self)

    @property
    def is_foreign(self) -> bool:
        """Whether the reader's language is another than that of the text."""
        return self.text_language != reader_language()

    @cached_property
    def translated_languages(self) -> list[str]:
        """Languages in which this page really is readable, its own included."""
        live = Page.objects.filter(translation_key=self.translation_key, live=True, alias_of=None)
        return list(live.order_by("locale_id").values_list("locale__language_code", flat=True))

    def get_view_restrictions(self):
        """Of this page, its ancestors and the source of both: a translation is no way around a lock."""
        if getattr(self, "is_open", False):
            return PageViewRestriction.objects.none()
        own, of_source = {*_line(self)}, {*_line(self.source)}
        locks = PageViewRestriction.objects.filter(page__path__in=own | of_source)
        # The same password guards both; whoever has given it once is not asked again.
        passwords = PageViewRestriction.objects.filter(page__path__in=of_source).exclude(password="")
        return locks.exclude(page__path__in=own - of_source, password__in=passwords.values("password"))

    def stems(self) -> str:
        """Stems of everything searchable on this page, for the index."""
        return stem(" ".join(self.searchable_texts()), self.text_language)

    def searchable_texts(self) -> list[str]:
        texts = []
        for field in self.get_search_fields():
            if isinstance(field, index.SearchField) and field.field_name != "stems":
                value = field.get_value(self)
                texts += value if isinstance(value, list) else [str(value or "")]
        return texts

    def structured_data(self, request) -> dict | None:
        """schema.org description of what the page is about, for page types that have one."""
        return None


def _line(page: Page) -> list[str]:
    """Tree paths from the root down to the page."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
