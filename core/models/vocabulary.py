"""Words that editors sort content by. Facts point to source-language terms; labels are looked up per language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.languages import SOURCE_LANGUAGE, reader_language


@dataclass(frozen=True)
class Label:
    """A term as the reader sees it: its key for addresses, its name, and the language that name is in."""

    key: str
    text: str
    language: str


class TermQuerySet(models.QuerySet):
    def source(self):
        return self.filter(locale__language_code=SOURCE_LANGUAGE)

    def labels(self, language: str | None = None) -> list[Label]:
        """All source-language terms of this queryset in reading order; at most one query more than the terms."""
        return labels(self.source().order_by("sort_order", "name"), language)


class Term(TranslatableMixin, index.Indexed, models.Model):
    """A word of a vocabulary that editors extend and translators translate."""

    name = models.CharField(_("name"), max_length=120)
    key = models.SlugField(
        _("key"), max_length=60, help_text=_("Used in addresses. Do not change it once the site is public.")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("sort_order")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    translatable_fields = [
        TranslatableField("name"),
        SynchronizedField("key", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    objects = TermQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="unique_%(class)s_key"),
        ]

    def __str__(self):
        return self.name


def labels(terms: Iterable[Term], language: str | None = None) -> list[Label]:
    """Labels of source-language terms of one vocabulary, German where `language` has no word for one yet."""
    terms = list(terms)
    language = language or reader_language()
    names = {}
    if terms and language != SOURCE_LANGUAGE:
        translated = type(terms[0]).objects.filter(locale__language_code=language)
        names = dict(translated.values_list("translation_key", "name"))
    return [
        Label(
            key=term.key,
            text=names.get(term.translation_key, term.name),
            language=language if term.translation_key in names else SOURCE_LANGUAGE,
        )
        for term in terms
    ]


@register_snippet
class Topic(Term):
    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
