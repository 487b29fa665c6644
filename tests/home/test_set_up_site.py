from django.conf import settings
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.trees import set_up_trees

INDEX_PAGES = ["aktuelles", "projekte", "kampagnen", "organisationen", "gute-praxis", "termine"]


def test_every_language_has_a_live_home_page(site):
    homes = HomePage.objects.filter(depth=2, live=True)
    assert {home.locale.language_code for home in homes} == {code for code, _name in settings.LANGUAGES}
    assert {home.translation_key for home in homes} == {site.translation_key}


def test_only_the_german_home_page_is_called_home(site):
    slugs = dict(HomePage.objects.values_list("locale__language_code", "slug"))
    assert slugs.pop("de") == "home"
    assert slugs == {code: f"home-{code}" for code in slugs}


def test_every_tree_has_the_same_index_pages_under_its_own_titles(site):
    sources = {page.slug: page for page in site.get_children()}
    assert list(sources) == INDEX_PAGES
    for home in HomePage.objects.exclude(pk=site.pk):
        pages = {page.slug: page for page in home.get_children().live()}
        assert list(pages) == INDEX_PAGES
        assert all(pages[slug].translation_key == sources[slug].translation_key for slug in INDEX_PAGES)
        assert not any(page.alias_of_id for page in pages.values())
    assert HomePage.objects.get(slug="home-ar").get_children().get(slug="aktuelles").title == "الأخبار"


def test_the_address_of_the_site_is_the_configured_one(site):
    record = Site.objects.get()
    assert (record.hostname, record.port, record.root_page_id) == ("testserver", 80, site.pk)
    assert record.is_default_site


def test_the_welcome_page_is_gone(site):
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_second_run_changes_nothing(site):
    before = list(Page.objects.order_by("path").values())
    assert set_up_trees() == []
    assert list(Page.objects.order_by("path").values()) == before


def test_another_port_moves_the_site_record(site, settings):
    settings.BASE_URL = "http://127.0.0.1:8001"
    call_command("set_up_site", verbosity=0)
    record = Site.objects.get()
    assert (record.hostname, record.port, record.root_page_id) == ("127.0.0.1", 8001, site.pk)


def test_what_editors_made_of_a_page_stays(site):
    site.title = "Unser Verband"
    site.save_revision().publish()
    set_up_trees()
    assert HomePage.objects.get(pk=site.pk).title == "Unser Verband"


def test_a_language_that_is_added_later_gets_its_tree(site):
    HomePage.objects.get(slug="home-uk").delete()
    Locale.objects.get(language_code="uk").delete()
    made = set_up_trees()
    assert {page.locale.language_code for page in made} == {"uk"}
    assert len(made) == 1 + len(INDEX_PAGES)
