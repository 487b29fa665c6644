"""The list of terms in the admin: the Redaktion keeps it, people of a language find their own form behind each term."""

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from core.languages import LANGUAGE_NAMES
from translations.models import GlossaryTerm
from translations.models.glossary import Rule, target_languages
from translations.rights import languages_of

FEW_LANGUAGES = 2


class TermFilters(WagtailFilterSet):
    rule = django_filters.ChoiceFilter(label=_("Rule"), choices=Rule.choices)
    missing = django_filters.ChoiceFilter(
        label=_("No translation into"), choices=target_languages, method="without_translation"
    )

    class Meta:
        model = GlossaryTerm
        fields = ["rule", "missing"]

    def without_translation(self, terms, name, language):
        return terms.exclude(rule=Rule.KEEP).exclude(translations__language=language)


class WordingColumn(Column):
    cell_template_name = "translations/admin/term_cell.html"

    def __init__(self, language: str):
        super().__init__(f"wording_{language}", label=LANGUAGE_NAMES[language])
        self.language = language

    def get_value(self, instance):
        return next((row.text for row in instance.translations.all() if row.language == self.language), "")

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"language": self.language}


def own_languages(user) -> list[str]:
    """Languages whose side of the glossary the user keeps."""
    return [code for code, _name in target_languages() if code in languages_of(user)]


class TermsIndex(IndexView):
    def search_queryset(self, queryset):
        return super().search_queryset(queryset).distinct()

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) or reverse("translations:term", args=[instance.pk])

    @cached_property
    def columns(self):
        """People of few languages see their own words at once."""
        own = own_languages(self.request.user)
        return [*super().columns, *(WordingColumn(code) for code in own if len(own) <= FEW_LANGUAGES)]

    @cached_property
    def header_more_buttons(self):
        formats = [("tbx", _("Download for translation software (TBX)")), ("csv", _("Download as a table (CSV)"))]
        return [
            *super().header_more_buttons,
            *(
                Button(label, url=reverse("translations:terms_export", args=[name]), icon_name="download")
                for name, label in formats
            ),
        ]


def missing_languages(term: GlossaryTerm) -> str:
    """Names stay as they are, so nothing is missing."""
    if term.rule == Rule.KEEP:
        return ""
    present = {translation.language for translation in term.translations.all()}
    return ", ".join(LANGUAGE_NAMES[code] for code, _name in target_languages() if code not in present)


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "tag"
    index_view_class = TermsIndex
    filterset_class = TermFilters
    list_display = [
        "term",
        Column("rule", label=_("Rule"), accessor="get_rule_display", sort_key="rule"),
        Column("missing", label=_("Still missing"), accessor=missing_languages),
    ]
    list_per_page = 50
    ordering = "term"
    search_fields = ["term", "variants", "explanation", "translations__text"]
    search_backend_name = None  # a database's full text search knows whole words only
    copy_view_enabled = False

    def get_queryset(self, request):
        return GlossaryTerm.objects.prefetch_related("translations")
