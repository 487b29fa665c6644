"""What is to be done: all translations the user has to do with, and their states."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.report import ContentTypeModelChoiceFilter, SourceTitleFilter, TranslationsReportView

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from translations.rights import may_change, translations_seen_by
from translations.spreadsheets import harmless
from translations.views.report_states import State, with_states

TARGETS = [(code, name) for code, name in LANGUAGE_NAMES.items() if code not in {SOURCE_LANGUAGE, EASY_LANGUAGE}]


class ReportFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Language"), field_name="target_locale__language_code", choices=TARGETS
    )
    state = django_filters.ChoiceFilter(label=_("Progress"), choices=State.choices)
    title = SourceTitleFilter(label=_("German title"))
    content_type = ContentTypeModelChoiceFilter(label=_("Type"), field_name="source__specific_content_type")

    class Meta:
        model = Translation
        fields = ["language", "state", "title", "content_type"]


class Report(TranslationsReportView):
    results_template_name = "translations/admin/report_results.html"
    template_name = "wagtailadmin/reports/base_report.html"
    filterset_class = ReportFilters
    default_ordering = None
    list_export = [
        "source.specific_content_type.name",
        "source.object_repr",
        "target_locale.language_code",
        "get_state_label",
        "missing",
        "total",
    ]
    export_headings = {
        "source.specific_content_type.name": _("Type"),
        "source.object_repr": _("German title"),
        "target_locale.language_code": _("Language"),
        "get_state_label": _("Progress"),
        "missing": _("Missing texts"),
        "total": _("Texts"),
    }
    export_filename = "translations"
    custom_value_preprocess = {
        **TranslationsReportView.custom_value_preprocess,
        str: {"csv": harmless, "xlsx": harmless},
    }

    def get_queryset(self):
        translations = Translation.objects.filter(enabled=True).select_related(
            "target_locale", "source__specific_content_type", "source__locale"
        )
        seen = with_states(translations_seen_by(self.request.user, translations))
        return seen.order_by("target_locale_id", "source__object_repr", "pk")

    def to_row_dict(self, item):
        item.get_state_label = str(State(item.state).label)
        return super().to_row_dict(item)

    def decorate_paginated_queryset(self, object_list):
        if self.is_export:
            return object_list
        rows = list(object_list)
        pages = Page.objects.in_bulk([row.page_id for row in rows if row.page_id])
        for row in rows:
            row.state_label = State(row.state).label
            row.translated = row.total - row.missing
            row.edit_url = self._edit_url(row, pages)
        return rows

    def _edit_url(self, row, pages) -> str | None:
        target = pages.get(row.page_id) or row.source.object.get_instance_or_none(row.target_locale)
        if target is None:
            return None
        if isinstance(target, Page):
            own = (
                self.request.user.is_superuser or "change" in target.permissions_for_user(self.request.user).permissions
            )
        else:
            own = may_change(self.request.user, target)
        return row.get_target_instance_edit_url() if own else None
