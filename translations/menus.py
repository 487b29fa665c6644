"""Where the translation admin shows in menus, and what wagtail-localize's entries there are left out."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.easy import places
from translations.rights import is_administrator, languages_of, may_change
from translations.views import glossary, machine

desk = Menu(register_hook_name="register_translation_menu_item", construct_hook_name="construct_translation_menu")


def translations_item() -> MenuItem:
    """The group of all pages of the desk. Each package registers its own with `register_translation_menu_item`."""
    return SubmenuMenuItem(
        _("Translations"), desk, icon_name="wagtail-localize-language", name="translations", order=250
    )


class BoardItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user))


def board_item() -> MenuItem:
    return BoardItem(_("Board"), reverse("translations:board"), icon_name="table", name="translation-board", order=10)


class JobsItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user))


def jobs_item() -> MenuItem:
    return JobsItem(_("Jobs"), reverse("translations:jobs"), icon_name="tasks", name="translation-jobs", order=900)


class TermsItem(MenuItem):
    def is_shown(self, request):
        return glossary.may_read(request.user)


def terms_item() -> MenuItem:
    address = reverse("wagtailsnippets_translations_glossaryterm:list")
    return TermsItem(_("Terms"), address, icon_name="tag", name="translation-terms", order=30)


class MachineItem(MenuItem):
    def is_shown(self, request):
        return bool(machine.languages_for(request.user))


def machine_item() -> MenuItem:
    address = reverse("translations:machine")
    return MachineItem(_("Machine translation"), address, icon_name="cogs", name="machine-translation", order=70)


class EasyLanguageItem(MenuItem):
    def is_shown(self, request):
        return places.may_look(request.user)


def easy_language_item() -> MenuItem:
    return EasyLanguageItem("Leichte Sprache", reverse("translations:easy"), icon_name="openquote", order=60)


def without_second_report(request, items: list) -> None:
    """The board shows the same and more."""
    report = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if getattr(item, "url", "") != report]


def without_alias(items: list, request, context) -> None:
    if not is_administrator(request.user):
        items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


def page_buttons(page: Page, user, view_name=None, next_url=None):
    """From the German page to its text in Leichte Sprache and back."""
    language = language_of(page.locale_id)
    if language == SOURCE_LANGUAGE:
        text = places.easy_text_of(page)
        if text and may_change(user, text):
            yield Button("Leichte Sprache", _edit(text), icon_name="openquote", priority=62)
        elif not text and places.may_create(user, page):
            url = reverse("translations:easy_create", args=[page.pk])
            yield Button(_("Create text in Leichte Sprache"), url, icon_name="openquote", priority=62)
    elif language == EASY_LANGUAGE:
        source = page.get_translations().filter(locale__language_code=SOURCE_LANGUAGE).first()
        if source:
            url = _edit(source) if may_change(user, source) else source.specific.get_url()
            yield Button(_("German page"), url, icon_name="doc-empty", priority=62)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
