"""A funded project and one item of each kind, with everything on it that an editor can enter."""

from datetime import date, timedelta

from django.utils import timezone

from campaigns.models import (
    CampaignPage,
    CampaignUpdatePage,
    EventIndexPage,
    EventOrganisation,
    EventPage,
    ExtraDate,
    InterpretedLanguage,
    Motif,
    PaperBatch,
    PressFile,
    PressKitPage,
    ProjectIndexPage,
    ProjectMaterial,
    ProjectPage,
    ProjectPartner,
    SignUp,
    Tally,
)
from core.models import Contact, Topic
from news.models import NewsIndexPage, NewsPage
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from stories.models import CooperationKind, StoryIndexPage, StoryOrganisation, StoryPage, StorySource
from tests.campaigns import signers
from tests.campaigns.desks import signed
from tests.campaigns.events import in_days
from tests.campaigns.funders import fund, make_document
from tests.campaigns.kits import image
from tests.site.world import make, translate

TODAY = timezone.localdate()
TEXT = {"body": [("text", "<p>Text.</p>")]}
INDEXES = {
    ProjectPage: ProjectIndexPage,
    NewsPage: NewsIndexPage,
    EventPage: EventIndexPage,
    StoryPage: StoryIndexPage,
}


def everything(site) -> list[str]:
    """The paths of the pages, without the language. All are translated into Arabic, none into Turkish."""
    contact = Contact.objects.create(
        name="Ana", role="Büro", phone="030 1", email="a@example.org", photo=image("Ana", "green")
    )
    directory = DirectoryPage.objects.child_of(site).get()
    networks = [make(NetworkPage, directory, f"verbund-{n}", f"Verbund {n}") for n in range(3)]
    organisations = [make(OrganisationPage, networks[0], f"verein-{n}", f"Verein {n}") for n in range(4)]
    projects = [_project(site, name, contact, networks, organisations) for name in ("eins", "zwei")]
    for n in range(9):
        _of(site, NewsPage, f"weitere-{n}", projects, date=date(2020 + n % 6, 1, 1))
    topic = Topic.objects.create(name="Wohnen", key="wohnen", locale=site.locale)
    news = _of(site, NewsPage, "meldung", projects, date=TODAY, press_contact=contact)
    news.topics.set([topic])
    news.networks.set(networks)
    pages = [projects[0], news, _event(site, projects, networks, organisations), _story(site, projects, organisations)]
    for page in pages:
        page.save()
        page.social_image = page.listing_image = image(page.title, "blue")
        page.save()
        translate(page, INDEXES[type(page)].objects.get(locale__language_code="ar"), f"عربي {page.slug}", **TEXT)
    make(PressKitPage, ProjectPage.objects.get(pk=projects[0].pk), "presse", "Presse", short_text="Kurz.")
    return [page.url_path.removeprefix(site.url_path) for page in [*pages, *_campaign(site, projects)]]


def _project(site, name, contact, networks, organisations) -> ProjectPage:
    partners = [("partner", {"name": f"Stadt {n}", "url": "https://example.org"}) for n in range(3)]
    milestones = [("milestone", {"date": date(2021 + n, 1, 1), "text": "<p>Etwas.</p>"}) for n in range(4)]
    values = {"contact": contact, "website": "https://example.org", "partners": partners, "milestones": milestones}
    project = make(ProjectPage, ProjectIndexPage.objects.child_of(site).get(), name, name.title(), **TEXT | values)
    for n in range(4):
        fund(project, f"Altes Amt {n}", date(2015 + n, 1, 1), date(2017 + n, 1, 1), logos=2)
    for n in range(2):
        fund(project, f"Amt {n}", date(2020, 1, 1), None, logos=2)
    for n in range(5):
        document = make_document(f"Heft {n}")
        ProjectMaterial.objects.create(page=project, document=document, licence="cc0", date=date(2015 + n, 6, 1))
    project.networks.set(networks)
    project.partner_links.set([ProjectPartner(organisation=organisation) for organisation in organisations])
    project.save()
    return project


def _of(site, model, slug, projects, **values):
    page = make(model, INDEXES[model].objects.child_of(site).get(), slug, slug.title(), **TEXT | values)
    page.projects.set(projects)
    page.save()
    return page


def _event(site, projects, networks, organisations) -> EventPage:
    starts_at = in_days(3)
    values = {"rule": "FREQ=WEEKLY;COUNT=9", "capacity": 20, "registers_here": True, "largest_group": 3}
    event = _of(
        site, EventPage, "fest", projects, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **values
    )
    event.networks.set(networks)
    event.organisation_links.set([EventOrganisation(organisation=organisation) for organisation in organisations])
    event.interpreted_languages.set([InterpretedLanguage(language=language) for language in ("ar", "tr")])
    event.extra_dates.set([ExtraDate(day=TODAY + timedelta(days=12))])
    return event


def _story(site, projects, organisations) -> StoryPage:
    kind = CooperationKind.objects.create(name="Projekt", key="projekt", locale=site.locale)
    updates = [("update", {"date": TODAY, "text": "<p>Neues.</p>"})]
    story = _of(site, StoryPage, "haus", projects, as_of=TODAY, situation="<p>So.</p>", updates=updates)
    story.kinds.set([kind])
    story.organisation_links.set([StoryOrganisation(organisation=organisation) for organisation in organisations])
    story.sources.set([StorySource(title=f"Quelle {n}") for n in range(3)])
    return story


def _campaign(site, projects) -> list:
    """With an update and a press kit below it."""
    ended = {"starts_on": TODAY - timedelta(days=60), "ends_on": TODAY + timedelta(days=3)}
    page = signers.campaign(site, result="<p>Viel.</p>", hand_over_picture=image("Übergabe"), **TEXT | ended)
    page.projects.set(projects)
    page.motifs.set([Motif(image=image(f"Motiv {n}")) for n in range(3)])
    page.paper_batches.set([PaperBatch(number=n) for n in range(9)])
    page.social_image = page.listing_image = image("Kampagne", "blue")
    page.save()
    arabic = signers.in_arabic(page, **TEXT)
    Tally.objects.update_or_create(campaign=page, defaults={"confirmed": 1_000_000})
    for n in range(5):
        said = {"shows_name": True, "comment": "Weil es zählt.", "moderated": SignUp.APPROVED}
        signed(page, f"Mina {n}", f"mina{n}@example.org", **said)
    updates = [make(CampaignUpdatePage, page, f"neues-{n}", f"Neues {n}", date=TODAY, **TEXT) for n in range(9)]
    translate(updates[0], arabic, "جديد", **TEXT)
    page = CampaignPage.objects.get(pk=page.pk)
    kit = make(PressKitPage, page, "presse", "Presse", short_text="Kurz.", contact=Contact.objects.first())
    kit.files = [PressFile(document=make_document("Papier"))]
    kit.save()
    translate(kit, CampaignPage.objects.get(pk=arabic.pk), "صحافة", short_text="قصير")
    return [page, updates[0], kit]
