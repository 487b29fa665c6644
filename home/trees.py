"""One tree of pages per language, and the site record that points to the German one. Safe to repeat."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from core.languages import SOURCE_LANGUAGE
from home.first_pages import HOME_TITLES, INDEX_PAGES, FirstPage
from home.models import HomePage

HOME_SLUG = "home"
PORTS = {"http": 80, "https": 443}


@transaction.atomic
def set_up_trees() -> list[Page]:
    """Create what is missing; return the pages that were made."""
    welcome = _set_welcome_page_aside()
    languages = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != SOURCE_LANGUAGE)
    made = []
    for language in languages:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        home = _home(locale, made)
        for first in INDEX_PAGES:
            _index(first, home, locale, made)
    _point_site_to(_source_home())
    if welcome:
        welcome.delete()
    return made


def _home(locale: Locale, made: list) -> HomePage:
    language = locale.language_code
    home = HomePage.objects.filter(locale=locale, depth=2).first()
    if home is None:
        slug = HOME_SLUG if language == SOURCE_LANGUAGE else f"{HOME_SLUG}-{language}"
        home = HomePage(title=HOME_TITLES.get(language, HOME_TITLES[SOURCE_LANGUAGE]), slug=slug, locale=locale)
        if language != SOURCE_LANGUAGE:
            home.translation_key = _source_home().translation_key
        made.append(_publish(Page.get_first_root_node(), home))
    return home


def _index(first: FirstPage, home: HomePage, locale: Locale, made: list) -> None:
    """Index pages in other languages are translations of the German one; a language without a title goes without."""
    language = locale.language_code
    if language not in first.titles or first.model.objects.child_of(home).exists():
        return
    page = first.model(title=first.titles[language], slug=first.slug, show_in_menus=first.show_in_menus, locale=locale)
    if language != SOURCE_LANGUAGE:
        source = first.model.objects.child_of(_source_home()).get()
        page.slug, page.translation_key = source.slug, source.translation_key
    home.refresh_from_db()
    made.append(_publish(home, page))


def _publish(parent: Page, page: Page) -> Page:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _source_home() -> HomePage:
    return HomePage.objects.get(locale__language_code=SOURCE_LANGUAGE, depth=2)


def _point_site_to(home: HomePage) -> None:
    base = urlsplit(settings.BASE_URL)
    place = {"hostname": base.hostname, "port": base.port or PORTS[base.scheme], "root_page_id": home.pk}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in place.items()):
        for name, value in place.items():
            setattr(site, name, value)
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()


def _set_welcome_page_aside() -> Page | None:
    """Wagtail's own first page has the address our home page needs, and the site record hangs on it until the end."""
    welcome = Page.objects.filter(depth=2, content_type__app_label="wagtailcore", numchild=0).first()
    if welcome:
        welcome.slug = "welcome"
        welcome.save(clean=False)
    return welcome
