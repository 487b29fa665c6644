"""Words that editors sort content by. Facts point to source-language terms; labels are looked up per language."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.languages import SOURCE_LANGUAGE, reader_language
from core.locales import language_of, languages


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
        """The source-language terms in reading order, German where `language` has no word for one yet; one query."""
        language = language or reader_language()
        return [_label(term, language) for term in self.with_name_in(language).order_by("sort_order", "name")]

    def with_name_in(self, language: str):
        translated = self.model.objects.filter(
            locale__language_code=language, translation_key=models.OuterRef("translation_key")
        )
        return self.source().annotate(translated_name=models.Subquery(translated.order_by().values("name")[:1]))


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


def labels(terms) -> list[Label]:
    """Labels of the terms a page points to; `terms` is its manager, which in a preview knows unsaved choices."""
    return _chosen(terms).labels()


def labels_by_language(terms) -> dict[str, list[Label]]:
    """The same in every language, in one query."""
    words = [*terms.model.objects.filter(translation_key__in=_chosen(terms).order_by().values("translation_key"))]
    names = {(word.translation_key, word.locale_id): word.name for word in words}
    source = [word for word in words if language_of(word.locale_id) == SOURCE_LANGUAGE]
    source.sort(key=lambda term: (term.sort_order, term.name))
    return {
        language: [_named(term.name, term.key, names.get((term.translation_key, key)), language) for term in source]
        for key, language in languages().items()
    }


def label_lists(managers: list) -> list[list[Label]]:
    """Several of a page's vocabularies, each as `labels` gives it, all in one query."""
    return _in_one_query([_chosen(terms) for terms in managers], reader_language())


def labels_of(vocabularies: list[type[Term]], language: str) -> list[list[Label]]:
    """All terms of several vocabularies, in one query."""
    return _in_one_query([model.objects.all() for model in vocabularies], language)


def _in_one_query(querysets: list[TermQuerySet], language: str) -> list[list[Label]]:
    columns = ("number", "sort_order", "name", "key", "translated_name")
    parts = [
        terms.with_name_in(language).order_by().annotate(number=models.Value(number)).values_list(*columns)
        for number, terms in enumerate(querysets)
    ]
    found = [[] for _terms in querysets]
    for number, _order, *row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:4]):
        found[number].append(_named(*row, language))
    return found


def _chosen(terms) -> TermQuerySet:
    chosen = terms.all()
    if isinstance(chosen, TermQuerySet):
        return chosen
    return terms.model.objects.filter(pk__in=[term.pk for term in chosen])


def _label(term: Term, language: str) -> Label:
    return _named(term.name, term.key, term.translated_name, language)


def _named(name: str, key: str, translated: str | None, language: str) -> Label:
    # A term sent into translation exists with its German name until somebody translates it.
    if translated and (translated != name or language == SOURCE_LANGUAGE):
        return Label(key, translated, language)
    return Label(key, name, SOURCE_LANGUAGE)


@register_snippet
class Topic(Term):
    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
