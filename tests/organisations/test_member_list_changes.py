"""Rows that change organisations: together or one by one, the directory is the same afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Comment, PageLogEntry

from core import publication
from core.models import User
from core.search import find
from organisations.member_list import applying, changing_together, running
from organisations.models import DirectoryPage, DirectoryVersion, NetworkPage, OrganisationPage, Service, Task
from tests.organisations.member_lists import bring_in, check, csv_of, errors, organisation, outcomes
from tests.site.world import make

HEADER = (
    "Mitgliedsnummer;Name;Verbund;Kurzname;Gründungsjahr;PLZ;Ort;Telefon;Telefon öffentlich;Einwilligung;Aufgaben;"
    "Dienstleistungen;Sprachen;Öffnungszeiten;Soziale Netzwerke;Bestätigt am"
)
BEFORE = (
    "1;Eins;Bochum;E;1990;44787;Bochum;0234 1;nein;;Beraten;Sprachkurs;Arabisch, Türkisch;Mo-Di 9-12;"
    "https://a.example;01.03.2026",
    "2;Zwei;Bochum;;1991;44787;Bochum;;;;;;Arabisch;;;",
    "3;Drei;Bochum;;1992;;Bochum;;;;Beraten;;;Mo 9-12;;",
    "4;Vier;Bochum;;1993;;Bochum;;;;;;;;;",
)
AFTER = (
    "1;Älteste;Bochum;-;2001;45127;Essen;0234 2;ja;Vorstand, 1.3.2026;-;Sprachkurs, Nähen;"
    "Ukrainisch (telefonisch), Türkisch;Di-Mi 9-12;https://b.example, https://a.example;01.09.2026",
    "2;Zwei;Bochum;;1991;44787;Witten;;;;;;;;;",
    "3;Drei;Bochum;;1992;;Bochum;;;;;Nähen;Arabisch;-;;",
    "4;Vier;Bochum;;1993;;Bochum;;;;;;;;;",
)


@pytest.fixture
def bochum(site):
    for model, name, key in ((Service, "Sprachkurs", "kurs-neu"), (Service, "Nähen", "n"), (Task, "Beraten", "b")):
        model.objects.create(name=name, key=key, locale=site.locale)
    return make(NetworkPage, DirectoryPage.objects.child_of(site).get(), "bochum", "Verbund Bochum")


@pytest.fixture
def one_by_one(monkeypatch):
    return lambda: monkeypatch.setattr(changing_together, "change", lambda *args: {})


def everything(number):
    """What is known of an organisation, but for keys and times."""
    page = organisation(number)
    revision = page.get_latest_revision_as_object()
    log = PageLogEntry.objects.filter(page=page).order_by("pk")
    return {
        "page": model_to_dict(page, exclude=CHANGING),
        "name": (page.sort_name, page.draft_title),
        "live": (page.live, page.has_unpublished_changes, page.live_revision_id == page.latest_revision_id),
        "times": page.first_published_at < page.latest_revision_created_at <= page.last_published_at,
        "terms": [sorted(term.name for term in terms(page)) for terms in TERMS],
        "rows": [[model_to_dict(row, exclude=["id", "page"]) for row in rows(page)] for rows in ROWS],
        "record": model_to_dict(page.record, exclude=["organisation"]),
        "entry": model_to_dict(page.entry, exclude=["id", "organisation", "number", "changed_at"]),
        "revisions": page.revisions.count(),
        "revision": (revision.title, revision.founded, [len(rows(revision)) for rows in ROWS]),
        "revision terms": [sorted(term.name for term in terms(revision)) for terms in TERMS],
        "log": [(entry.action, entry.user_id, entry.content_changed, bool(entry.revision_id)) for entry in log],
        "details": [entry.data for entry in log.filter(action__in=["organisations.imported", "wagtail.rename"])],
    }


CHANGING = [
    *(
        "id",
        "page_ptr",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "path",
        "slug",
        "url_path",
        "latest_revision",
        "live_revision",
    ),
    *("tasks", "services", "target_groups", "other_networks", "body"),
]
TERMS = [lambda page: page.tasks.all(), lambda page: page.services.all()]
ROWS = [
    lambda page: page.spoken_languages.all(),
    lambda page: page.opening_hours.all(),
    lambda page: page.social_links.all(),
]


def test_together_is_the_same_as_one_by_one(bochum, one_by_one):
    user = User.objects.create_user("rosa")
    bring_in(csv_of(*BEFORE, header=HEADER), user=user)
    bring_in(csv_of(*AFTER, header=HEADER), user=user)
    together = [everything(number) for number in "1234"]
    numbers = [organisation(number).entry.number for number in "1234"]
    OrganisationPage.objects.all().delete()
    one_by_one()
    bring_in(csv_of(*BEFORE, header=HEADER), user=user)
    bring_in(csv_of(*AFTER, header=HEADER), user=user)
    for number, before in zip("1234", together, strict=True):
        assert everything(number) == before
    assert together[0]["page"]["title"] == "Älteste"
    assert together[0]["record"]["place"] == together[0]["entry"]["place"] == "Essen"
    assert together[0]["rows"][0][0]["language"] == "uk"
    assert numbers[0] == numbers[1] == numbers[2] > numbers[3]


def test_what_changed_is_found_and_what_was_is_not(bochum, django_capture_on_commit_callbacks):
    bring_in(csv_of(*BEFORE, header=HEADER))
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(csv_of(*AFTER, header=HEADER))
    titles = [
        sorted(page.title for page in find(OrganisationPage.objects.all(), words, "de").pages)
        for words in ("Älteste", "Eins", "Witten", "Nähen", "Ukrainisch")
    ]
    assert titles == [["Älteste"], [], ["Zwei"], ["Drei", "Älteste"], ["Älteste"]]


def founded(number, year):
    return csv_of(f"{number};Eins;Bochum;{year}", header="Mitgliedsnummer;Name;Verbund;Gründungsjahr")


def with_draft(page, user):
    page.summary = "Noch ein Entwurf"
    page.save_revision()


def with_schedule(page, user):
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def with_comment(page, user):
    Comment.objects.create(page=page, user=user, text="Stimmt das?", contentpath="title")


def never_public(page, user):
    page.unpublish()


@pytest.mark.parametrize("prepare", [with_draft, with_schedule, with_comment, never_public])
def test_where_more_than_the_live_version_is_concerned_they_go_one_by_one(bochum, prepare, monkeypatch):
    user = User.objects.create_user("rosa")
    bring_in(founded(1, 1990))
    prepare(organisation("1"), user)
    alone = []
    monkeypatch.setattr(applying, "change", lambda row, *args: alone.append(row.number))
    assert outcomes(bring_in(founded(1, 2001))) == {2: "changed"}
    assert alone == [2]


def test_who_stands_in_the_way_keeps_nobody_else_from_it(bochum, monkeypatch):
    header = "Mitgliedsnummer;Name;Verbund;Gründungsjahr"
    bring_in(csv_of(*(f"{n};Verein {n};Bochum;1990" for n in range(1, 5)), header=header))
    result = check(csv_of(*(f"{n};Verein {n};Bochum;2001" for n in range(1, 5)), header=header))
    page = organisation("2")
    page.founded = 1950
    page.save_revision().publish()
    not_ready = organisation("3").pk
    monkeypatch.setattr(publication, "CHECKS", [lambda page: ["Noch nicht."] if page.pk == not_ready else []])
    monkeypatch.setattr(applying, "change", None)
    assert applying.begin(result)
    result.refresh_from_db()
    running.work_on(result.pk, result.lease_until)
    assert outcomes(result) == {2: "changed", 3: "conflict", 4: "conflict", 5: "changed"}
    assert errors(result) == {3: ["founded"], 4: [""]}
    assert [organisation(n).founded for n in "1234"] == [2001, 1950, 1990, 2001]


@pytest.mark.parametrize("alone", [False, True])
def test_who_went_to_another_network_meanwhile_is_out_of_reach(bochum, one_by_one, alone):
    kassel = make(NetworkPage, bochum.get_parent(), "kassel", "Verbund Kassel", city="Kassel", state="HE")
    bring_in(founded(1, 1990))
    result = check(founded(1, 2001), network=bochum)
    organisation("1").move(kassel, pos="last-child")
    if alone:
        one_by_one()
    assert applying.begin(result)
    result.refresh_from_db()
    running.work_on(result.pk, result.lease_until)
    assert (outcomes(result), errors(result)) == ({2: "conflict"}, {2: ["member_number"]})
    assert organisation("1").founded == 1990


def test_whom_the_database_refuses_is_found_one_by_one(bochum, monkeypatch):
    header = "Mitgliedsnummer;Name;Verbund;Sprachen"
    bring_in(csv_of("1;Eins;Bochum;Arabisch", "2;Zwei;Bochum;Arabisch", header=header))
    result = check(csv_of("1;Eins;Bochum;Türkisch", "2;Zwei;Bochum;Türkisch, Polnisch", header=header))
    twice = [{"language": "tr", "mode": "on-site", "note": ""}] * 2
    monkeypatch.setattr(applying, "_values", lambda row, words: {"spoken_languages": twice[: row.number - 1]})
    assert applying.begin(result)
    result.refresh_from_db()
    running.work_on(result.pk, result.lease_until)
    assert outcomes(result) == {2: "changed", 3: "conflict"}
    assert organisation("1").language_codes == ["tr"]
    assert organisation("2").language_codes == ["ar"]


def test_rows_that_were_applied_before_change_nothing(bochum):
    bring_in(csv_of(*BEFORE, header=HEADER))
    result = check(csv_of(*AFTER, header=HEADER))
    bring_in(csv_of(*AFTER, header=HEADER))
    before, number = [everything(number) for number in "1234"], DirectoryVersion.current()
    assert applying.begin(result)
    result.refresh_from_db()
    running.work_on(result.pk, result.lease_until)
    assert {*outcomes(result).values()} == {"changed", "unchanged"}
    assert ([everything(number) for number in "1234"], DirectoryVersion.current()) == (before, number)


def test_many_rows_take_hardly_more_queries_than_few(bochum):
    header = "Mitgliedsnummer;Name;Verbund;Gründungsjahr;Ort;Sprachen;Aufgaben"
    bring_in(csv_of(*(f"{n};V {n};Bochum;1990;Bochum;Arabisch;" for n in range(50)), header=header))

    def queries(numbers):
        with CaptureQueriesContext(connection) as captured:
            rows = (f"{n};Verein {n};Bochum;2001;Bochum;Türkisch;Beraten" for n in numbers)
            assert {*outcomes(bring_in(csv_of(*rows, header=header))).values()} == {"changed"}
        return len(captured)

    few, many = queries(range(10)), queries(range(10, 50))
    assert (many - few) / 30 <= 4, (few, many)
