from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Workflow

from core import roles
from home.models import HomePage
from translations.roles import german_name, leads, translators


def test_group_names_are_german():
    assert german_name("ar") == "Arabisch"
    assert german_name("uk") == "Ukrainisch"
    assert german_name("de-simple") == "Leichte Sprache"
    assert german_name("xx-unknown") == "xx-unknown"


def test_every_language_but_the_source_has_two_groups(small_snapshot, db):
    small_snapshot.restore()
    roles.sync()
    for home in Page.objects.filter(depth=2).exclude(locale__language_code="de"):
        language = home.locale.language_code
        names = {translators(language), leads(language)}
        assert (
            set(Group.objects.filter(page_permissions__page=home, name__in=names).values_list("name", flat=True))
            == names
        )
    assert translators("de") not in Group.objects.values_list("name", flat=True)
    assert len(settings.LANGUAGES) > 1


def test_only_leads_publish_and_nobody_gets_at_the_source(small_snapshot, db):
    small_snapshot.restore()
    roles.sync()
    translator, lead = (Group.objects.get(name=name("ar")) for name in (translators, leads))
    codenames = set(translator.page_permissions.values_list("permission__codename", flat=True))
    assert codenames == {"add_page", "change_page"}
    assert "publish_page" in lead.page_permissions.values_list("permission__codename", flat=True)
    for group in (translator, lead):
        assert {permission.page.locale.language_code for permission in group.page_permissions.all()} == {"ar"}


def test_a_new_language_gets_its_groups_with_its_home_page(small_snapshot, db):
    small_snapshot.restore()
    polish = Locale.objects.create(language_code="pl")
    source = HomePage.objects.get(locale__language_code="de")
    home = Page.get_first_root_node().add_child(
        instance=HomePage(
            title="NeMO", slug="home-pl", locale=polish, translation_key=source.translation_key, live=False
        )
    )
    assert not Group.objects.filter(name=translators("pl")).exists()
    home.save_revision().publish()
    assert Group.objects.filter(name__in=[translators("pl"), leads("pl")]).count() == 2
    assert Workflow.objects.filter(name="Sprachleitung gibt frei: Polnisch").exists()


def test_a_language_is_ready_for_work_when_its_locale_is_added(
    small_snapshot, db, client, django_capture_on_commit_callbacks
):
    small_snapshot.restore()
    with django_capture_on_commit_callbacks(execute=True):
        polish = Locale.objects.create(language_code="pl")
    home = Page.objects.get(locale=polish, depth=2)
    source = HomePage.objects.get(locale__language_code="de")
    assert home.alias_of_id == source.pk
    for name in (translators("pl"), leads("pl"), "Redaktion"):
        assert Group.objects.get(name=name).page_permissions.filter(page=home).exists(), name
    assert Workflow.objects.filter(name="Sprachleitung gibt frei: Polnisch", workflow_pages__page=home).exists()
    answer = client.get("/pl/")
    assert answer.status_code == 200
    assert 'lang="de"' in answer.content.decode()


def test_roles_are_brought_in_line_for_languages_without_a_tree(small_snapshot, db):
    small_snapshot.restore()
    Locale.objects.create(language_code="uk")
    roles.sync()
    roles.sync()
    assert Page.objects.filter(locale__language_code="uk").count() == 1
    assert Group.objects.filter(name=leads("uk")).exists()


def test_locales_of_an_empty_site_need_nothing(migrated, db, django_capture_on_commit_callbacks):
    migrated.snapshot.restore()
    before = Page.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        Locale.objects.create(language_code="pl")
    assert Page.objects.count() == before


def test_the_admin_adds_a_language_with_everything(small_snapshot, db, django_capture_on_commit_callbacks):
    from tests.translations import small_site

    small_snapshot.restore()
    admin = small_site.people()["admin"]
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post("/admin/locales/new/", {"language_code": "pl"})
    assert response.status_code == 302
    assert Group.objects.filter(name=translators("pl")).exists()
