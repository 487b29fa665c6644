"""Where releases and files show in menus, and on German pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from core.locales import language_of
from translations.releases.rights import may_plan
from translations.rights import languages_of, may_publish


class ReleasesItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user))


class FilesItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user) - {SOURCE_LANGUAGE, EASY_LANGUAGE})


def releases_item() -> MenuItem:
    return ReleasesItem(
        _("Releases"), reverse("translations:releases"), icon_name="date", name="translation-releases", order=40
    )


def files_item() -> MenuItem:
    return FilesItem(
        _("Files for agencies"),
        reverse("translations:export"),
        icon_name="download",
        name="translation-files",
        order=80,
    )


def page_buttons(page: Page, user, view_name=None, next_url=None):
    if page.depth < 2 or language_of(page.locale_id) != SOURCE_LANGUAGE:
        return
    if may_plan(user) and may_publish(user, page):
        yield Button(
            _("Release together"),
            f"{reverse('translations:release_new')}?page={page.pk}",
            icon_name="date",
            priority=63,
        )
    if languages_of(user) - {SOURCE_LANGUAGE, EASY_LANGUAGE}:
        yield Button(
            _("Files for translation"),
            f"{reverse('translations:export')}?page={page.pk}",
            icon_name="download",
            priority=64,
        )
