"""A small site with one page of every type for everybody, and one of every type in each state that nobody may see.

Pages are put straight into the tree, because publishing them one by one would take half a minute.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from campaigns.models import (
    CampaignPage,
    EventOrganisation,
    EventPage,
    FundingPeriod,
    InterpretedLanguage,
    ProjectPage,
    ProjectPartner,
)
from core.languages import LANGUAGE_NAMES
from core.models import Topic
from home.first_pages import HOME_TITLES, INDEX_PAGES
from home.models import ContentPage, HomePage
from news.models import NewsPage
from organisations.models import NetworkPage, OrganisationPage, SpokenLanguage
from organisations.safety import release
from stories.models import StoryOrganisation, StoryPage

SECRET = "Geheimsache"
NOW = timezone.now()
PARENTS = {
    NewsPage: "aktuelles",
    ProjectPage: "projekte",
    CampaignPage: "kampagnen",
    NetworkPage: "organisationen",
    OrganisationPage: "organisationen",
    StoryPage: "gute-praxis",
    EventPage: "termine",
    ContentPage: "",
}
FACTS = {
    NewsPage: {"date": date(2026, 3, 1)},
    StoryPage: {"municipality": "Braunschweig", "as_of": date(2026, 1, 1), "started": 2011},
    NetworkPage: {"city": "Bochum", "state": "NW", "phone": "+49 234 111111"},
    OrganisationPage: {"record": {"place": "Bochum", "state": "NW", "phone": "+49 234 222222", "precision": "exact"}},
    EventPage: {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=2), "place": "Kassel"},
    CampaignPage: {"starts_on": date(2026, 1, 1), "goal": 12000},
}
# What a page looks like to the database in each state. What is locked is live.
HIDDEN = {
    "draft": {"live": False, "has_unpublished_changes": True},
    "scheduled": {"live": False, "go_live_at": NOW + timedelta(days=1)},
    "expired": {"live": False, "expired": True, "expire_at": NOW - timedelta(days=1)},
    "unpublished": {"live": False, "first_published_at": NOW - timedelta(days=9)},
}
LOCKS = {
    "password": {"restriction_type": PageViewRestriction.PASSWORD, "password": "sesam"},
    "login": {"restriction_type": PageViewRestriction.LOGIN},
    "groups": {"restriction_type": PageViewRestriction.GROUPS},
}
STATES = [*HIDDEN, *LOCKS, "below a lock"]


def make(model, parent, slug, title, **values):
    values = {"summary": f"{title} in zwei Sätzen.", "last_published_at": NOW} | FACTS.get(model, {}) | values
    parent = Page.objects.get(pk=parent.pk)
    record = values.pop("record", None)
    page = parent.add_child(instance=model(slug=slug, title=title, locale_id=parent.locale_id, **values))
    if record and hasattr(page, "record"):
        note(page, **record)
    return page


def note(page, **values):
    """The office writes contact details down. Phone numbers are public here unless said otherwise."""
    for name, value in {"shows_phone": True, **values}.items():
        setattr(page.record, name, value)
    page.record.save()
    release(page)
    page.save()


def translate(page, parent, title, **values):
    """A live translation beside the translation of the parent, without facts, as wagtail-localize may leave it."""
    return make(type(page), parent, page.slug, title, translation_key=page.translation_key, **values)


def build() -> SimpleNamespace:
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGE_NAMES}
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    world = SimpleNamespace(locales=locales, places={}, public={}, hidden={})
    _add_trees(world)
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", port=80, root_page=world.places["de", ""], is_default_site=True)
    _add_public(world)
    _add_hidden(world)
    _refer_to_all(world)
    return world


def _add_trees(world) -> None:
    keys = {}
    for code, locale in world.locales.items():
        root = Page.get_first_root_node()
        home = HomePage(title=HOME_TITLES[code], slug=f"home-{code}" if code != "de" else "home", locale=locale)
        keys.setdefault("", home.translation_key)
        home.translation_key = keys[""]
        world.places[code, ""] = root.add_child(instance=home)
        for first in INDEX_PAGES:
            page = first.model(
                title=first.titles[code], slug=first.slug, locale=locale, show_in_menus=first.show_in_menus
            )
            page.translation_key = keys.setdefault(first.slug, page.translation_key)
            home = Page.objects.get(pk=home.pk)
            world.places[code, first.slug] = home.add_child(instance=page)


def _add_public(world) -> None:
    for model, place in PARENTS.items():
        name = model.__name__
        page = make(model, world.places["de", place], name.lower(), f"Sichtbar {name}", body=[("text", "<p>Text.</p>")])
        translate(page, world.places["ar", place], f"ظاهر {name}", body=[("text", "<p>نص</p>")])
        world.public[model] = page
        make(model, world.places["de", place], f"{name.lower()}-nur-deutsch", f"Nur deutsch {name}")


def _add_hidden(world) -> None:
    """Title, summary and text say the secret word in both languages; the Arabic translations are live."""
    group = Group.objects.create(name="Vorstand")
    for model, place in PARENTS.items():
        for state in STATES:
            slug, title = f"geheim-{state.replace(' ', '-')}-{model.__name__.lower()}", f"{SECRET} {state}"
            parents = {code: world.places[code, place] for code in ("de", "ar")}
            if state == "below a lock":
                if model not in (ContentPage, OrganisationPage):
                    continue
                above = ContentPage if model is ContentPage else NetworkPage
                parents = {code: _locked_parent(world, above, place, code) for code in parents}
            text = [("text", f"<p>{SECRET}</p>")]
            page = make(model, parents["de"], slug, title, body=text, **HIDDEN.get(state, {}))
            translate(page, parents["ar"], f"{title} عربي", body=text)
            if state in LOCKS:
                lock = PageViewRestriction.objects.create(page=page, **LOCKS[state])
                lock.groups.set([group] if state == "groups" else [])
            world.hidden[model, state] = page


def _locked_parent(world, model, place, code):
    slug = f"geheim-oben-{model.__name__.lower()}"
    found = model.objects.filter(slug=slug, locale=world.locales[code]).first()
    if found:
        return found
    if code == "ar":
        return translate(_locked_parent(world, model, place, "de"), world.places[code, place], f"{SECRET} oben عربي")
    page = make(model, world.places[code, place], slug, f"{SECRET} oben", show_in_menus=True)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _refer_to_all(world) -> None:
    """Whatever can name another page names all the hidden ones."""
    of = {model: [page for (kind, _state), page in world.hidden.items() if kind is model] for model in PARENTS}
    everything = [page for pages in of.values() for page in pages]
    topic = Topic.objects.create(name="Wohnen", key="wohnen", locale=world.locales["de"])
    Topic.objects.create(name="السكن", key="wohnen", locale=world.locales["ar"], translation_key=topic.translation_key)
    world.topic = topic

    project, network = world.public[ProjectPage], world.public[NetworkPage]
    funded = {"funder": "BAMF", "starts_on": date(2025, 1, 1), "needs_logo": False, "needs_wording": False}
    FundingPeriod.objects.create(page=project, **funded)
    for organisation in [*of[OrganisationPage], world.public[OrganisationPage]]:
        project.partner_links.add(ProjectPartner(organisation=organisation))
    project.networks.set([*of[NetworkPage], network])
    project.save()
    for news in [*of[NewsPage], world.public[NewsPage]]:
        news.projects.set([project])
        news.topics.set([topic])
        news.networks.set([network])
        news.save()
    for organisation in [*of[OrganisationPage], world.public[OrganisationPage]]:
        organisation.other_networks.set([network])
        note(organisation, open_data=True)
        SpokenLanguage.objects.create(page=organisation, language="ar")
    for event in [*of[EventPage], world.public[EventPage]]:
        event.organisation_links.add(EventOrganisation(organisation=world.public[OrganisationPage]))
        event.networks.set([network])
        event.projects.set([project])
        event.interpreted_languages.add(InterpretedLanguage(language="ar"))
        event.save()
    for story in of[StoryPage]:
        story.organisation_links.add(StoryOrganisation(organisation=world.public[OrganisationPage]))
        story.save()
    for organisation in of[OrganisationPage]:
        world.public[EventPage].organisation_links.add(EventOrganisation(organisation=organisation))
        world.public[StoryPage].organisation_links.add(StoryOrganisation(organisation=organisation))
    world.public[StoryPage].save()
    world.public[EventPage].save()

    not_live = [page for (_model, state), page in world.hidden.items() if state in HIDDEN]
    link = {"description": "", "url": ""}
    body = [
        ("listing", {"title": "Liste", "parent": None, "pages": everything, "limit": 12}),
        *(
            ("listing", {"title": "Neue", "parent": world.places["de", place], "pages": [], "limit": 12})
            for place in {*PARENTS.values()}
        ),
        ("links", {"title": "Links", "links": [{"title": "Link", "page": page, **link} for page in not_live]}),
        (
            "callout",
            {"tone": "info", "title": "Hinweis", "text": "", "link_text": "Los", "page": not_live[0], "url": ""},
        ),
        ("text", "".join(f'<p><a linktype="page" id="{page.pk}">Wort</a></p>' for page in not_live)),
    ]
    world.references = make(ContentPage, world.places["de", ""], "bezuege", "Bezüge", body=body)

    home = world.places["de", ""] = HomePage.objects.get(pk=world.places["de", ""].pk)
    home.sections = [
        ("directory", {"title": "Suche", "text": ""}),
        ("figures", {"title": "Zahlen", "overrides": []}),
        ("news", {"title": "Neu", "limit": 6}),
        ("projects", {"title": "Projekte", "text": "", "projects": [*of[ProjectPage], project]}),
        *(("story", {"title": "Gutes", "story": story}) for story in [*of[StoryPage], world.public[StoryPage]]),
    ]
    home.footer = [
        ("column", {"title": "Mehr", "links": [{"title": "Fuß", "page": page, **link} for page in everything]})
    ]
    home.save()
