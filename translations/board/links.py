"""Where a cell leads: to the editor, the request form, the text in Leichte Sprache, or the public page."""

from collections.abc import Iterable

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from translations.board.table import Place, Row
from translations.rights import SUBMIT, languages_of, may_change


class Links:
    """For the rows that are shown, in one query. The places they lead to ask for the exact rights again."""

    def __init__(self, user, model, shown: Iterable[tuple[Row, list[Place]]]):
        self.user, self.model, self.is_about_pages = user, model, model is Page
        self.changes, self.adds = languages_of(user), languages_of(user, "add")
        self.may_submit = user.has_perm(SUBMIT)
        wanted = {place.cell.target_pk for _row, places in shown for place in places if place.cell.target_pk}
        if self.is_about_pages:
            wanted |= {row.pk for row, _places in shown}
            self.targets = Page.objects.only(
                "path", "depth", "locale_id", "owner_id", "live", "url_path", "translation_key"
            ).in_bulk(wanted)
        else:
            self.targets = model._default_manager.in_bulk(wanted)

    def of_row(self, row: Row) -> str:
        if not self.is_about_pages:
            return self._edit(row.pk) if SOURCE_LANGUAGE in self.changes else ""
        page = self.targets.get(row.pk)
        if page and self._may_change(page):
            return self._edit(row.pk)
        return _public(row, SOURCE_LANGUAGE) if row.is_live else ""

    def of_place(self, row: Row, place: Place) -> str:
        target = self.targets.get(place.cell.target_pk)
        if target is None:
            return self._beginning(row, place.locale.language_code)
        if self._may_change(target):
            return self._edit(target.pk)
        if self.is_about_pages and target.live:
            return _public(row, place.locale.language_code)
        return ""

    def _beginning(self, row: Row, language: str) -> str:
        if language == EASY_LANGUAGE:
            if self.is_about_pages and language in self.changes:
                return reverse("translations:easy_create", args=[row.pk])
        elif self.may_submit and language in self.changes | self.adds:
            return f"{self._request(row)}?select_locale={language}"
        return ""

    def _request(self, row: Row) -> str:
        if self.is_about_pages:
            return reverse("wagtail_localize:submit_page_translation", args=[row.pk])
        meta = self.model._meta
        return reverse("wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, row.pk])

    def _may_change(self, target) -> bool:
        if self.is_about_pages:
            return page_permission_policy.user_has_permission_for_instance(self.user, "change", target)
        return may_change(self.user, target)

    def _edit(self, pk: int) -> str:
        if self.is_about_pages:
            return reverse("wagtailadmin_pages:edit", args=[pk])
        if self.model not in get_snippet_models():
            return ""
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[pk])


def _public(row: Row, language: str) -> str:
    return f"/{language}/{row.url_path.removeprefix('/').partition('/')[2]}"


def language_name(locale_id: int) -> str:
    language = language_of(locale_id)
    return LANGUAGE_NAMES.get(language, language)
