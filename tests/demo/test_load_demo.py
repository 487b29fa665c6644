from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from campaigns.models import ProjectPage
from core.models import Contact, SiteImage, Topic
from demo.loader.catalogues import LANGUAGES, translated_pages, translations
from demo.loader.everything import load_everything
from demo.loader.texts import page_texts
from organisations.models import DirectoryEntry, NetworkPage, OrganisationPage
from organisations.participation import participation
from stories.models import StoryPage


def test_a_second_run_changes_nothing(demo_site):
    before = list(Page.objects.order_by("path").values()), Revision.objects.count(), StringTranslation.objects.count()
    load_everything(20, str)
    after = list(Page.objects.order_by("path").values()), Revision.objects.count(), StringTranslation.objects.count()
    assert after == before


def test_what_editors_changed_stays(demo_site):
    page = ProjectPage.objects.get(slug="kiwit", locale=demo_site.locale)
    page.summary = "Neu geschrieben."
    page.save_revision().publish()
    load_everything(20, str)
    assert ProjectPage.objects.get(pk=page.pk).summary == "Neu geschrieben."


def test_every_text_is_a_live_page(demo_site):
    paths = {f"/home/{text.path}/".replace("//", "/") for text in page_texts("de")}
    assert paths <= {*Page.objects.live().values_list("url_path", flat=True)}
    assert Page.find_problems() == ([], [], [], [], [])


def test_every_page_is_valid_and_has_a_history(demo_site):
    faulty = []
    for page in Page.objects.filter(depth__gt=1).specific():
        try:
            page.full_clean()
        except ValidationError as error:
            faulty.append((page.url_path, error))
    assert faulty == []
    assert not Page.objects.filter(depth__gt=1, latest_revision=None).exists()


def test_fourteen_networks_in_nine_states(demo_site):
    networks = NetworkPage.objects.listed()
    assert networks.count() == 14
    assert networks.values("state").distinct().count() == 9


def test_organisations_are_marked_as_samples(demo_site):
    organisations = OrganisationPage.objects.all()
    assert organisations.count() == 20
    for page in organisations:
        assert page.is_sample
        assert page.title.startswith("Beispiel")
        assert page.tasks.exists()
        assert page.services.exists()
        assert page.spoken_languages.exists()


def test_an_address_that_is_not_public_is_not_there(demo_site):
    hidden = DirectoryEntry.objects.filter(precision="form")
    assert hidden.exists()
    assert not hidden.exclude(street="", place="", latitude=None, longitude=None).exists()


def test_the_story_says_that_nobody_checked(demo_site):
    story = StoryPage.objects.listed().get()
    assert story.verified_on is None
    assert story.sources.exists()


def test_samples_take_part_in_samples(demo_site):
    profile = OrganisationPage.objects.get(slug="beispielverein-brueckenschlag-bochum")
    assert [len(kind.pages) for kind in participation(profile).kinds] == [2]
    assert NetworkPage.objects.get(city="Bochum").news.newest().count() == 1


def test_contacts_and_pictures_are_there(demo_site):
    assert Contact.objects.count() == 4
    assert not SiteImage.objects.filter(is_decorative=False, description="").exists()
    picture = SiteImage.objects.get(title="Gewebe in Petrol")
    assert (picture.width, picture.height) == (1600, 900)


def test_leichte_sprache_is_a_text_of_its_own(demo_site):
    pages = {page.url_path.removeprefix("/home-de-simple/"): page for page in _tree("de-simple")}
    assert {f"{text.path}/".lstrip("/") for text in page_texts("de-simple")} == {*pages}
    story = pages["gute-praxis/haus-der-kulturen-braunschweig/"]
    assert story.source.url_path == "/home/gute-praxis/haus-der-kulturen-braunschweig/"
    assert not Translation.objects.filter(target_locale__language_code="de-simple").exists()


def test_main_pages_are_live_in_every_language_whose_catalogue_is_complete(demo_site):
    wanted = {page.translation_key for page in translated_pages()}
    for language in LANGUAGES:
        missing = wanted - {page.translation_key for page in _tree(language) if page.live}
        assert not missing, language


def test_terms_are_translated(demo_site):
    for language in LANGUAGES:
        text = translations(language)["Wohnen"]
        assert Topic.objects.get(locale__language_code=language, key="wohnen").name == text


def test_the_news_are_left_in_german(demo_site):
    untranslated = {text.path for text in page_texts("de")} - {
        text.path for text in page_texts("de") if text.is_translated
    }
    assert untranslated
    for code, _name in settings.LANGUAGES:
        if code != "de":
            home = Page.objects.get(depth=2, locale__language_code=code)
            addresses = [f"{home.url_path}{path}/" for path in untranslated]
            own = page_texts("de-simple") if code == "de-simple" else []
            addresses = {*addresses} - {f"{home.url_path}{text.path}/" for text in own}
            assert not Page.objects.live().filter(url_path__in=addresses).exists()


def _tree(language):
    home = Page.objects.get(depth=2, locale__language_code=language)
    return list(home.get_descendants(inclusive=True).specific())
