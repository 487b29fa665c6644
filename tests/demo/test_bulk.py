from wagtail.models import Page

from demo.loader.organisations import load_organisations
from organisations.models import OrganisationPage


def test_many_organisations_go_in_at_once(demo_site, monkeypatch):
    monkeypatch.setattr("demo.loader.organisations.ONE_BY_ONE", 0)
    load_organisations(120)
    assert OrganisationPage.objects.count() == 120
    assert Page.find_problems() == ([], [], [], [], [])
    page = OrganisationPage.objects.order_by("-pk").first()
    page.full_clean()
    assert page.sort_name
    assert page.services.exists()
    assert page.spoken_languages.exists()
    assert page.get_parent().specific.city == page.record.place
    assert page in OrganisationPage.objects.search(page.title).get_queryset()


def test_a_second_run_adds_none(demo_site, monkeypatch):
    monkeypatch.setattr("demo.loader.organisations.ONE_BY_ONE", 0)
    load_organisations(50)
    load_organisations(50)
    assert OrganisationPage.objects.count() == 50
