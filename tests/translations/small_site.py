"""A small site in four languages, and somebody in every role that has to do with translations."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale, Page, Site

from core import roles
from core.models import Topic, User
from home.models import ContentPage, HomePage
from news.models import NewsIndexPage, NewsPage

LANGUAGES = ("de", "de-simple", "ar", "tr")
ROLES = {
    "translator_ar": "Übersetzung: Arabisch",
    "lead_ar": "Sprachleitung: Arabisch",
    "translator_tr": "Übersetzung: Türkisch",
    "lead_tr": "Sprachleitung: Türkisch",
    "translator_easy": "Übersetzung: Leichte Sprache",
    "lead_easy": "Sprachleitung: Leichte Sprache",
    "editor": "Redaktion",
    "project_editor": "Projektteam",
}


def fill():
    """de: home → ueber-uns → verband, home → aktuelles → drei-wege; the other languages hold their home page."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["de"])
    for page in root.get_children():
        page.delete()
    root = Page.objects.get(pk=root.pk)
    Site.objects.all().delete()
    home = root.add_child(instance=HomePage(title="NeMO", slug="de", locale=locales["de"]))
    Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    homes = {"de": home}
    for code in LANGUAGES[1:]:
        copy = home.copy_for_translation(locales[code])
        copy.save_revision().publish()
        homes[code] = HomePage.objects.get(pk=copy.pk)
    about = home.add_child(
        instance=ContentPage(
            title="Über uns", slug="ueber-uns", summary="Wer wir sind.", body=[("text", "<p>Wir sind viele.</p>")]
        )
    )
    federation = about.add_child(instance=ContentPage(title="Verband", slug="verband", summary="Vierzehn Netzwerke."))
    index = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    topic = Topic.objects.create(name="Wohnen", key="wohnen", locale=locales["de"])
    news = index.add_child(
        instance=NewsPage(title="Drei Wege", slug="drei-wege", summary="Zusammen arbeiten.", date="2026-11-01")
    )
    news.topics.add(topic)
    news.save()
    for page in (about, federation, index, news):
        page.save_revision().publish()
    roles.sync()
    User.objects.create_superuser("admin", "admin@example.org", "a long password")
    for name, group in ROLES.items():
        user = User.objects.create_user(name, f"{name}@example.org", "a long password")
        user.groups.add(Group.objects.get(name=group))


def site():
    """What `fill` made, as it is in the database now."""
    german = Page.objects.filter(locale__language_code="de", depth__gt=2)
    return SimpleNamespace(
        locales={locale.language_code: locale for locale in Locale.objects.filter(language_code__in=LANGUAGES)},
        homes={page.locale.language_code: page for page in HomePage.objects.all()},
        topic=Topic.objects.get(key="wohnen", locale__language_code="de"),
        pages={page.slug: page.specific for page in german},
    )


def people():
    """Logged-in clients by role; `client.user` is the person."""
    return {name: client_of(User.objects.get(username=name)) for name in ("admin", *ROLES)}


def client_of(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client
