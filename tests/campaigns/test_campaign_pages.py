"""What a campaign page shows and offers: letter, newsletter, progress, paper, the end and what came of it."""

from datetime import date, timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.utils import timezone
from wagtail.models import Page

from campaigns.launch_check import check
from campaigns.models import CampaignIndexPage, CampaignPage, CampaignUpdatePage, PaperBatch, SignUp, Tally
from core.models import User
from tests.campaigns import signers
from tests.campaigns.signers import TODAY, sign
from tests.site.world import make, translate

LETTER = {
    "action": "contact",
    "letter_to": "Rathaus Beispielstadt",
    "letter_to_email": "rathaus@example.org",
    "letter_subject": "Bitte & danke?",
    "letter": "Guten Tag,\n\nhören Sie uns zu: 100 % & mehr.",
}


def public(client, page, language="de"):
    return client.get(f"/{language}/kampagnen/{page.slug}/")


def mailto(html):
    address = html.split('href="mailto:')[1].split('"')[0].replace("&amp;", "&")
    return urlsplit(f"mailto:{address}")


def test_a_letter_is_sent_by_its_writer_and_we_keep_nothing(client, site):
    page = signers.campaign(site, **LETTER)
    html = public(client, page).text
    link = mailto(html)
    assert link.path == "rathaus@example.org"
    assert parse_qs(link.query) == {
        "subject": ["Bitte & danke?"],
        "body": ["Guten Tag,\r\n\r\nhören Sie uns zu: 100 % & mehr."],
    }
    assert 'name="email"' not in html
    assert client.post(signers.address(page), signers.TYPED).status_code == 409
    assert client.get(signers.address(page))["Location"] == "/de/kampagnen/absprachen/"


def test_a_letter_goes_out_in_german_and_is_explained_in_the_readers_language(client, site):
    page = signers.campaign(site, **LETTER)
    signers.in_arabic(page, letter_subject="رجاءً", letter="استمعوا إلينا")
    html = public(client, page, "ar").text
    assert "استمعوا إلينا" in html
    assert parse_qs(mailto(html).query)["subject"] == ["Bitte & danke?"]
    assert 'lang="de" dir="ltr">Guten Tag' in html


@pytest.mark.parametrize("empty", ["letter_to", "letter_to_email", "letter_subject", "letter"])
def test_a_letter_that_is_not_complete_is_not_offered(client, site, empty):
    page = signers.campaign(site, **LETTER | {empty: ""})
    assert "mailto:" not in public(client, page).text.split('id="content"')[1].split("<footer")[0]
    assert not check(page)[0].is_ready


def test_paper_counts_as_the_sum_of_its_batches(client, site):
    page = signers.campaign(site)
    for days, number in ((5, 1200), (9, 34)):
        PaperBatch.objects.create(page=page, number=number, counted_on=TODAY - timedelta(days=days), place="Kassel")
    html = public(client, page).text
    assert "1.234" in html
    assert "Kassel" not in html


def test_the_page_costs_the_same_with_many_batches_and_signatures(client, site, django_assert_max_num_queries):
    page = signers.campaign(site, hand_over_picture=None)
    PaperBatch.objects.bulk_create(PaperBatch(page=page, number=10) for _ in range(300))
    Tally.objects.create(campaign=page, confirmed=1_000_000)
    for number in range(25):
        make(CampaignUpdatePage, page, f"neues-{number}", f"Neues {number}")
    public(client, page)
    with django_assert_max_num_queries(12):
        assert "1.003.000" in public(client, page).text


def test_the_old_number_becomes_a_batch(site):
    migration = import_module(next(name for name in _migrations() if "batches_of_paper" in name))
    page = signers.campaign(site)

    class Rows(list):
        def values_list(self, *names):
            return [(page.pk, 17, None)]

    class OldPages:
        class objects:  # noqa: N801
            @staticmethod
            def filter(**lookups):
                assert lookups["paper_signatures__gt"] == 0
                return Rows()

    class OldApps:
        @staticmethod
        def get_model(app, name):
            return OldPages if name == "CampaignPage" else apps.get_model(app, name)

    migration.write_batches(OldApps, None)
    assert CampaignPage.objects.get(pk=page.pk).paper_signatures == 17


def _migrations():
    from pathlib import Path

    folder = Path(apps.get_app_config("campaigns").path) / "migrations"
    return [f"campaigns.migrations.{file.stem}" for file in folder.glob("0*.py")]


def test_a_revision_from_before_keeps_the_batches(site):
    """It does not know them, and publishing it takes none away."""
    page = signers.campaign(site)
    PaperBatch.objects.create(page=page, number=17)
    revision = page.save_revision()
    del revision.content["paper_batches"]
    revision.content["paper_signatures"] = 17
    revision.save()
    revision.publish()
    assert CampaignPage.objects.get(pk=page.pk).paper_signatures == 17


def test_after_the_end_the_page_says_what_came_of_it(client, site):
    dates = {"ends_on": TODAY - timedelta(days=2), "handed_over_on": date(2026, 5, 4)}
    page = signers.campaign(site, result="<p>Ein <b>Beschluss</b>.</p>", handed_over_to="Stadtrat", **dates)
    Tally.objects.create(campaign=page, confirmed=3)
    html = public(client, page).text
    for words in ("<b>Beschluss</b>", "Stadtrat", "4. Mai 2026", "Diese Kampagne ist beendet."):
        assert words in html
    assert 'name="email"' not in html


def test_the_overview_keeps_current_ones_and_the_archive_apart(client, site):
    index = CampaignIndexPage.objects.child_of(site).get()
    for name, days in (("alt", -1), ("heute", 0), ("offen", None)):
        ends = None if days is None else TODAY + timedelta(days=days)
        make(CampaignPage, index, name, name.title(), starts_on=TODAY - timedelta(days=9), ends_on=ends)
    assert {page.title for page in client.get("/de/kampagnen/").context["pages"]} == {"Heute", "Offen"}
    assert [page.title for page in client.get("/de/kampagnen/?status=finished").context["pages"]] == ["Alt"]
    for odd in ("x", "", "\x00", "running&status=finished" * 99):
        assert client.get("/de/kampagnen/", {"status": odd}).status_code == 200


def test_updates_stand_on_the_page_the_latest_first_and_only_public_ones(client, site):
    page = signers.campaign(site)
    arabic = signers.in_arabic(page)
    old = make(CampaignUpdatePage, page, "eins", "Eins", date=date(2026, 1, 1))
    make(CampaignUpdatePage, page, "zwei", "Zwei", date=date(2026, 2, 1))
    make(CampaignUpdatePage, page, "geheim", "Geheim", date=date(2026, 3, 1), live=False)
    translate(old, arabic, "واحد")
    german, arabic = public(client, page).text, public(client, page, "ar").text
    assert german.index("Zwei") < german.index("Eins")
    assert "Geheim" not in german
    assert "واحد" in arabic
    assert "Zwei" in arabic
    assert client.get("/de/kampagnen/absprachen/eins/").status_code == 200


def test_whoever_publishes_is_told_where_people_can_take_part(client, site):
    page = signers.campaign(site)
    signers.in_arabic(page, thank_you_text="")
    client.force_login(User.objects.create_superuser("chefin", "chefin@example.org", "x"))
    form = client.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    data = posted(form) | {"action-publish": "1"}
    answer = client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.status_code == 302
    told = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert "Deutsch" in told
    assert "العربية" in told
    assert str(CampaignPage._meta.get_field("thank_you_text").verbose_name) in told


def posted(form) -> dict:
    """What a browser would send back of an untouched form."""
    data = {}
    for part in [form, *form.formsets.values()]:
        for bound in part if part is form else part.management_form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else value
    data["body-count"] = "0"
    data["ways"], data["projects"] = [], []
    data["result"] = "null"
    return data


def test_the_launch_check_names_what_each_language_lacks(site):
    page = signers.campaign(site)
    signers.in_arabic(page, confirmation_text="", share_text=" ")
    states = {language.code: language.missing for language in check(page)}
    assert states["de"] == []
    assert states["tr"] is None
    assert states["ar"] == [
        str(CampaignPage._meta.get_field(name).verbose_name) for name in ("confirmation_text", "share_text")
    ]


def test_an_update_does_not_take_the_address_of_the_form(site):
    page = signers.campaign(site)
    update = CampaignUpdatePage(title="Mitmachen", slug="mitmachen")
    Page.objects.get(pk=page.pk).add_child(instance=CampaignUpdatePage(title="Gut", slug="gut"))
    with pytest.raises(Exception, match="slug"):
        update.full_clean(exclude=["path", "depth"])


def test_words_show_once_somebody_has_read_them_and_the_name_only_where_chosen(client, site):
    page = signers.campaign(site)
    people = [("Ada Lang", True, "approved"), ("Bea Lang", False, "approved"), ("Cem Lang", True, "rejected")]
    for number, (name, shows, decision) in enumerate([*people, ("Dora Lang", True, "")]):
        sign(client, page, name=name, email=f"nr{number}@example.org", comment=f"Grund von {name[0]}")
        values = {"shows_name": shows, "moderated": decision, "confirmed_at": timezone.now()}
        SignUp.objects.filter(email=f"nr{number}@example.org").update(**values)
    html = public(client, page).text
    assert [word in html for word in ("Grund von A", "Grund von B", "Grund von C", "Grund von D")] == [
        True,
        True,
        False,
        False,
    ]
    assert [word in html for word in ("Ada L.", "Bea L.", "Cem L.", "Dora L.")] == [True, False, True, True]
