"""Somebody in every role, each with something of their own on the desk: a published page and a draft."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, Locale

from campaigns.models import ProjectIndexPage, ProjectPage
from core.models import Contact, SiteDocument, SiteImage, Topic, User
from home.models import ContentPage, HomePage
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from tests.core import pictures

ROLES = {
    "redaktion": "Redaktion",
    "projekt": "Projektteam",
    "bochum": "Koordination: Verbund Bochum",
    "uebersetzung-ar": "Übersetzung: Arabisch",
    "sprachleitung-ar": "Sprachleitung: Arabisch",
    "uebersetzung-tr": "Übersetzung: Türkisch",
    "administration": "Administration",
}
# What nobody but its own people may read before it is published.
SECRETS = {
    "redaktion": "Geheimes der Redaktion",
    "projekt": "Geheimes Projekt",
    "bochum": "Geheimes aus Bochum",
    "kassel": "Geheimes aus Kassel",
    "arabic": "نص سري",
}


def fill():
    """On top of what `set_up_site` makes."""
    home = HomePage.objects.get(slug="home")
    _add(home, ContentPage, title="Über uns", slug="ueber-uns")
    _add(home, ContentPage, title=SECRETS["redaktion"], slug="entwurf", live=False)
    projects = ProjectIndexPage.objects.child_of(home).get()
    _add(projects, ProjectPage, title="KIWIT", slug="kiwit")
    _add(projects, ProjectPage, title=SECRETS["projekt"], slug="entwurf", live=False)
    for city, state in (("Bochum", "NW"), ("Kassel", "HE")):
        network = _add(
            DirectoryPage.objects.child_of(home).get(), NetworkPage, title=f"Verbund {city}", city=city, state=state
        )
        _add(network, OrganisationPage, title=f"Verein {city}")
        _add(network, OrganisationPage, title=SECRETS[city.lower()], slug="entwurf", live=False)
    arabic = ContentPage.objects.get(slug="ueber-uns").copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.title = "من نحن"
    arabic.save_revision().publish()
    _add(HomePage.objects.get(slug="home-ar"), ContentPage, title=SECRETS["arabic"], slug="entwurf", live=False)
    Topic.objects.create(name="Wohnen", key="wohnen", locale=home.locale)
    Contact.objects.create(name="Presse")
    _files(Collection.get_first_root_node(), "redaktion")
    _files(Collection.objects.get(name="Projekte"), "projekt")
    for city in ("Bochum", "Kassel"):
        _files(Collection.objects.get(name=f"Verbund {city}"), city.lower())
    for name, group in ROLES.items():
        user = User.objects.create_user(name, f"{name}@example.org", "a long password")
        user.groups.add(Group.objects.get(name=group))


def desk():
    """The pages and people by short names."""
    home = HomePage.objects.get(slug="home")
    arabic = HomePage.objects.get(slug="home-ar")
    drafts = {page.get_parent().slug: page for page in home.get_descendants().filter(slug="entwurf")}
    people = {}
    for name in ROLES:
        people[name] = Client()
        people[name].force_login(User.objects.get(username=name))
    return SimpleNamespace(
        people=people,
        home=home,
        pages={
            "Über uns": ContentPage.objects.get(url_path="/home/ueber-uns/"),
            "KIWIT": ProjectPage.objects.get(slug="kiwit"),
            "Verein Bochum": OrganisationPage.objects.get(title="Verein Bochum"),
            "Verein Kassel": OrganisationPage.objects.get(title="Verein Kassel"),
            "من نحن": ContentPage.objects.get(url_path="/home-ar/ueber-uns/"),
        },
        drafts={
            "redaktion": drafts["home"],
            "projekt": drafts["projekte"],
            "bochum": drafts["verbund-bochum"],
            "kassel": drafts["verbund-kassel"],
            "arabic": arabic.get_descendants().get(slug="entwurf"),
        },
        topic=Topic.objects.get(),
        contact=Contact.objects.get(),
    )


def _add(parent, model, *, live=True, **values):
    parent.refresh_from_db()
    page = parent.add_child(instance=model(live=False, **values))
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def _files(collection, name):
    title = SECRETS[name]
    values = {"title": title, "collection": collection}
    SiteImage.objects.create(
        **values, description="Bild", file=ContentFile(pictures.with_secrets("png"), f"picture-{name}.png")
    )
    SiteDocument.objects.create(**values, file=ContentFile(b"text", f"paper-{name}.txt"))
