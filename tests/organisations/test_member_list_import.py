"""A list from the office: what is checked, what is applied, and what nobody may change by it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from core.models import User
from organisations.member_list import applying, leases, running
from organisations.member_list.words import Words
from organisations.models import DirectoryPage, ImportRow, MemberImport, NetworkPage, OrganisationPage, Service
from tests.organisations.member_lists import bring_in, check, csv_of, errors, organisation, outcomes, xlsx_of
from tests.site.world import make

FULL = (
    "Mitgliedsnummer;Name;Kurzname;Verbund;Straße und Hausnummer;PLZ;Ort;Bundesland;Breitengrad;Längengrad;"
    "Adresse öffentlich;Telefon;Telefon öffentlich;E-Mail;Website;Einwilligung;Dienstleistungen;Sprachen;"
    "Öffnungszeiten;Gründungsjahr;Bestätigt am"
)
ROW = (
    "M-1;Haus der Vielfalt;HdV;Bochum;Hauptstraße 5;44787;Bochum;NW;51,4818;7,2162;genau;+49 234 1234;ja;"
    "post@example.org;www.example.org;Vorstand, 1.3.2026;Sprachkurs;Arabisch (telefonisch: montags), Kurmandschi;"
    "Mo–Mi 9–12 Uhr;1999;01.03.2026"
)


@pytest.fixture
def directory(site):
    return DirectoryPage.objects.child_of(site).get()


@pytest.fixture
def bochum(directory):
    return make(NetworkPage, directory, "bochum", "Verbund Bochum")


@pytest.fixture
def kassel(directory):
    return make(NetworkPage, directory, "kassel", "Verbund Kassel", city="Kassel", state="HE")


@pytest.fixture
def service(site):
    return Service.objects.create(name="Sprachkurs", key="sprachkurs-neu", locale=site.locale)


def test_a_new_row_becomes_a_live_page_with_all_that_belongs_to_it(bochum, service, client):
    user = User.objects.create_user("rosa")
    row = ROW.replace("Kurmandschi", "Türkisch")
    done = bring_in(csv_of(row, header=FULL), user=user)
    assert (done.state, outcomes(done), errors(done)) == (MemberImport.DONE, {2: "new"}, {})
    page = organisation("M-1")
    assert page.get_parent().pk == bochum.pk
    assert (page.title, page.short_name, page.founded, page.live) == ("Haus der Vielfalt", "HdV", 1999, True)
    assert page.website == "https://www.example.org"
    assert [term.pk for term in page.services.all()] == [service.pk]
    spoken = [(s.language, s.mode, s.note) for s in page.spoken_languages.all()]
    assert spoken == [("ar", "phone", "montags"), ("tr", "on-site", "")]
    assert [(h.weekday, h.opens.hour, h.closes.hour) for h in page.opening_hours.all()] == [
        (1, 9, 12),
        (2, 9, 12),
        (3, 9, 12),
    ]
    assert (page.record.street, page.record.email) == ("Hauptstraße 5", "post@example.org")
    assert (page.entry.street, page.entry.postal_code, page.entry.phone) == ("Hauptstraße 5", "44787", "+49 234 1234")
    assert (page.live_revision_id, page.has_unpublished_changes) == (page.latest_revision_id, False)
    assert page.get_latest_revision_as_object().services.count() == 1
    assert {entry.action for entry in PageLogEntry.objects.filter(page=page, user=user)} == {
        "wagtail.create",
        "wagtail.publish",
        "organisations.imported",
    }
    assert client.get("/de/organisationen/bochum/haus-der-vielfalt/").status_code == 200
    assert page in OrganisationPage.objects.search("Vielfalt").results()
    assert bytes(done.content) == b""


def test_the_tree_is_whole_afterwards(bochum, kassel):
    bring_in(csv_of(*(f"{n};Verein {n};{'Bochum' if n % 2 else 'Kassel'}" for n in range(45))))
    assert [len(problems) for problems in Page.find_problems()] == [0] * 5
    assert {NetworkPage.objects.get(pk=bochum.pk).numchild, NetworkPage.objects.get(pk=kassel.pk).numchild} == {22, 23}
    extra = make(OrganisationPage, bochum, "danach", "Danach")
    assert extra.path > organisation("43").path


def test_a_rerun_changes_nothing(bochum, service):
    content = csv_of(ROW.replace(", Kurmandschi", ""), header=FULL)
    bring_in(content)
    before = organisation("M-1").latest_revision_id, organisation("M-1").entry.number
    again = bring_in(content)
    assert (again.state, outcomes(again)) == (MemberImport.CHECKED, {2: "unchanged"})
    assert (organisation("M-1").latest_revision_id, organisation("M-1").entry.number) == before


def test_a_change_is_shown_as_old_and_new(bochum):
    bring_in(csv_of("1;Eins;Bochum;Bochum", header="Mitgliedsnummer;Name;Verbund;Ort"))
    changed = check(csv_of("1;Eins e. V.;Bochum;Essen", header="Mitgliedsnummer;Name;Verbund;Ort"))
    row = changed.rows.get()
    assert (row.outcome, row.changes) == ("changed", {"title": ["Eins", "Eins e. V."], "place": ["Bochum", "Essen"]})
    assert organisation("1").title == "Eins"


def test_an_empty_cell_leaves_and_a_dash_empties(bochum):
    header = "Mitgliedsnummer;Name;Verbund;Ort;Telefon;Sprachen"
    bring_in(csv_of("1;Eins;Bochum;Bochum;0234 12345;Arabisch", header=header))
    bring_in(csv_of("1;;;-;;-", header=header))
    page = organisation("1")
    assert (page.title, page.record.place, page.record.phone) == ("Eins", "", "0234 12345")
    assert not page.spoken_languages.exists()


@pytest.mark.parametrize("header", ["Name", "Mitgliedsnummer", "Status", "Verbund"])
def test_what_must_be_cannot_be_emptied(bochum, header):
    bring_in(csv_of("1;Eins;Bochum"))
    columns = {"Mitgliedsnummer": "1", "Name": "Eins", header: "-"}
    result = check(csv_of(";".join(columns.values()), header=";".join(columns)))
    assert [*outcomes(result).values()] == ["error"]


def test_one_error_and_nothing_is_applied(bochum):
    rows = [f"{n};Verein {n};Bochum" for n in range(520)]
    rows[300] = "300;Verein 300;Atlantis"
    result = check(csv_of(*rows))
    assert errors(result) == {302: ["network"]}
    assert not applying.begin(result)
    assert not OrganisationPage.objects.filter(member_number__isnull=False).exists()
    result.state = MemberImport.CHECKED
    applying.apply(result.pk)
    assert not OrganisationPage.objects.filter(member_number__isnull=False).exists()


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("PLZ", "0123", "postal_code"),
        ("PLZ", "ABCDE", "postal_code"),
        ("PLZ", "4" * 10_000, "postal_code"),
        ("PLZ", "٤٤٧٨٧", "postal_code"),
        ("Bundesland", "Tirol", "state"),
        ("Sprachen", "Klingonisch", "spoken_languages"),
        ("Dienstleistungen", "Zauberei", "services"),
        ("Öffnungszeiten", "Mo 12-9", "opening_hours"),
        ("Öffnungszeiten", "immer", "opening_hours"),
        ("Gründungsjahr", "99999", "founded"),
        ("Gründungsjahr", "10" * 20, "founded"),
        ("E-Mail", "post at example", "email"),
        ("Website", "javascript:alert(1)", "website"),
        ("Telefon", "ruf mich an", "phone"),
        ("Bestätigt am", "31.02.2026", "confirmed_on"),
        ("Bestätigt am", "01.01.2999", "confirmed_on"),
        ("Frist in Monaten", "0", "term_months"),
        ("Offene Daten", "vielleicht", "open_data"),
        ("Name", "x" * 300, "title"),
        ("Name", "Verein \u202edrehnu", "title"),
        ("Kurzname", "x" * 61, "short_name"),
        ("Ort", "#BEZUG!", "place"),
        ("Adresse öffentlich", "irgendwie", "precision"),
        ("Soziale Netzwerke", "https://" + "a" * 3000 + ".de", "social_links"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(bochum, column, value, wrong):
    columns = {"Mitgliedsnummer": "1", "Name": "Eins", "Verbund": "Bochum", column: value}
    result = check(csv_of(";".join(columns.values()), header=";".join(columns)))
    assert errors(result) == {2: [wrong]}
    assert all(0 < len(reason) < 2000 for reason in result.rows.get().errors.values())


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"),
    [
        ("60", "10", ["latitude"]),
        ("51.5", "-0.1", ["longitude"]),
        ("47.3769", "8.5417", ["latitude", "longitude"]),  # Zürich
        ("50.0755", "14.4378", ["latitude", "longitude"]),  # Prague
        ("51.48", "", ["longitude"]),
        ("", "7.2", ["latitude"]),
        ("NaN", "7.2", ["latitude"]),
        ("52.52", "13.405", None),
    ],
)
def test_a_point_lies_in_germany(bochum, latitude, longitude, wrong):
    header = "Mitgliedsnummer;Name;Verbund;Breitengrad;Längengrad"
    result = check(csv_of(f"1;Eins;Bochum;{latitude};{longitude}", header=header))
    assert set(errors(result).get(2, ())) >= set(wrong or ())
    assert bool(errors(result)) == bool(wrong)


@pytest.mark.parametrize(
    "values",
    ["Hauptstraße 1;genau;;;", "Hauptstraße 1;Ort;0234 12345;ja;", ";Ort;;nein;ja"],
    ids=["street", "phone", "data"],
)
def test_what_is_personal_needs_a_consent(bochum, values):
    header = "Mitgliedsnummer;Name;Verbund;Straße;Adresse öffentlich;Telefon;Telefon öffentlich;Offene Daten"
    row = f"1;Eins;Bochum;{values}"
    assert errors(check(csv_of(row, header=header))) == {2: ["consent"]}
    assert errors(check(csv_of(f"{row};Vorstand 2026", header=f"{header};Einwilligung"))) == {}
    make(OrganisationPage, bochum, "eins", "Eins", member_number="1", record={"consent": "Alte Einwilligung"})
    assert errors(check(csv_of(row, header=header))) == {}


def test_a_number_that_comes_twice_is_an_error_in_both_rows(bochum):
    result = check(csv_of("1;Eins;Bochum", "2;Zwei;Bochum", "1;Noch eins;Bochum", "1;Und noch eins;Bochum"))
    assert errors(result) == {2: ["member_number"], 4: ["member_number"], 5: ["member_number"]}


def test_likely_duplicates_are_shown_and_not_merged(bochum):
    make(OrganisationPage, bochum, "alt", "Frauentreff e. V.", member_number="7", record={"place": "Bochum"})
    make(OrganisationPage, bochum, "ohne", "Jugendtreff", record={"place": "Bochum"})
    header = "Mitgliedsnummer;Name;Verbund;Ort"
    rows = [
        "8;FRAUENTREFF;Bochum;Bochum",
        "9;Jugendtreff;Bochum;Bochum",
        "10;Jugendtreff;Bochum;Bochum",
        "11;Frauentreff;Bochum;Essen",
    ]
    result = bring_in(csv_of(*rows, header=header))
    assert [len(row.warnings) for row in result.rows.order_by("number")] == [1, 1, 2, 0]
    assert "7" in result.rows.get(number=2).warnings[0]
    assert OrganisationPage.objects.filter(title="FRAUENTREFF").exists()
    assert organisation("7").title == "Frauentreff e. V."


def test_a_change_of_network_moves_the_page(bochum, kassel):
    bring_in(csv_of("1;Eins;Bochum"))
    result = bring_in(csv_of("1;Eins;Kassel"))
    assert result.rows.get().changes == {"network": ["Verbund Bochum", "Verbund Kassel"]}
    assert organisation("1").get_parent().pk == kassel.pk
    assert [len(problems) for problems in Page.find_problems()] == [0] * 5


def test_a_waiting_draft_stays_one_and_gets_the_facts(bochum):
    bring_in(csv_of("1;Eins;Bochum"))
    page = organisation("1")
    page.summary = "Noch nicht freigegeben"
    page.save_revision()
    bring_in(csv_of("1;Eins;Bochum;2001", header="Mitgliedsnummer;Name;Verbund;Gründungsjahr"))
    page = organisation("1")
    assert (page.summary, page.founded, page.has_unpublished_changes) == ("", 2001, True)
    assert page.get_latest_revision_as_object().summary == "Noch nicht freigegeben"
    assert page.get_latest_revision_as_object().founded == 2001


def test_what_somebody_else_changed_meanwhile_is_a_conflict(bochum):
    header = "Mitgliedsnummer;Name;Verbund;Ort;Gründungsjahr"
    bring_in(csv_of("1;Eins;Bochum;Bochum;1990", "2;Zwei;Bochum;Bochum;1990", header=header))
    result = check(csv_of("1;Eins;Bochum;Essen;2001", "2;Zwei;Bochum;Essen;2001", "3;Drei;Bochum;;", header=header))
    page = organisation("1")
    page.record.place = "Witten"
    page.record.save()
    make(OrganisationPage, bochum, "drei", "Drei von Hand", member_number="3")
    assert applying.begin(result)
    running.work_on(result.pk, MemberImport.objects.get(pk=result.pk).lease_until)
    result.refresh_from_db()
    assert (result.state, outcomes(result)) == (MemberImport.DONE, {2: "conflict", 3: "changed", 4: "conflict"})
    assert (organisation("1").record.place, organisation("1").founded) == ("Witten", 1990)
    assert (organisation("2").record.place, organisation("2").founded) == ("Essen", 2001)
    assert organisation("3").title == "Drei von Hand"
    assert (result.done, result.total) == (3, 3)


def test_names_that_are_alike_get_addresses_of_their_own(bochum):
    bring_in(csv_of("1;Übung;Bochum", "2;Übung;Bochum", "3;جمعية;Bochum", "4;جمعية;Bochum"))
    assert [organisation(n).slug for n in "1234"] == ["uebung", "uebung-2", "mitglied-3", "mitglied-4"]


class Killed(BaseException):
    pass


def kill(*_args):
    raise Killed


@pytest.mark.django_db(transaction=False)
def test_who_is_killed_leaves_whole_batches_and_the_next_goes_on(bochum):
    result = check(csv_of(*(f"{n};Verein {n};Bochum" for n in range(50))))
    assert applying.begin(result)
    with pytest.raises(Killed):
        applying.apply(result.pk, pause=kill)
    assert OrganisationPage.objects.filter(member_number__isnull=False).count() == applying.BATCH
    result.refresh_from_db()
    assert (result.state, result.done) == (MemberImport.APPLYING, applying.BATCH)
    running.work_on(result.pk)
    result.refresh_from_db()
    assert result.state == MemberImport.APPLYING  # somebody else may still be at it
    MemberImport.objects.filter(pk=result.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    call_command("resume_imports")
    result.refresh_from_db()
    assert (result.state, result.done, result.lease_until) == (MemberImport.DONE, 50, None)
    assert OrganisationPage.objects.filter(member_number__isnull=False).count() == 50


def test_a_check_that_was_interrupted_begins_again(bochum):
    result = running.receive("liste.csv", csv_of("1;Eins;Bochum"), None, None)
    ImportRow.objects.create(member_import=result, number=2, outcome="new")
    MemberImport.objects.filter(pk=result.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
    call_command("resume_imports")
    result.refresh_from_db()
    assert (result.state, result.rows.get().values["title"]) == (MemberImport.CHECKED, "Eins")


def test_a_file_that_was_not_stored_by_us_is_refused(bochum):
    result = MemberImport.objects.create(file_name="liste.csv", content=b"Mitgliedsnummer;Name")
    running.work_on(result.pk)
    result.refresh_from_db()
    assert result.state == MemberImport.FAILED


def test_cancelling_stops_between_batches(bochum):
    result = check(csv_of(*(f"{n};Verein {n};Bochum" for n in range(50))))
    applying.begin(result)
    applying.apply(result.pk, pause=lambda _seconds: running.cancel(result.pk))
    result.refresh_from_db()
    assert result.state == MemberImport.CANCELLED
    assert result.rows.exclude(applied_at=None).count() == applying.BATCH
    assert OrganisationPage.objects.filter(member_number__isnull=False).count() == applying.BATCH
    assert not applying.begin(result)


def test_nobody_takes_up_what_somebody_is_at(bochum):
    result = running.receive("liste.csv", csv_of("1;Eins;Bochum"), None, None)
    assert leases.take(result.pk) is None
    assert leases.take(result.pk, result.lease_until) is not None
    assert leases.take(result.pk, result.lease_until) is None


class TestIntoOneNetwork:
    def test_new_ones_go_there(self, bochum, kassel):
        result = bring_in(csv_of("1;Eins;", "2;Zwei;Bochum"), network=bochum)
        assert [*outcomes(result).values()] == ["new", "new"]
        assert organisation("1").get_parent().pk == bochum.pk

    def test_other_networks_are_errors(self, bochum, kassel):
        assert errors(check(csv_of("1;Eins;Kassel"), network=bochum)) == {2: ["network"]}

    def test_organisations_elsewhere_are_neither_touched_nor_named(self, bochum, kassel):
        make(OrganisationPage, kassel, "geheim", "Streng geheim", member_number="9", record={"place": "Kassel"})
        header = "Mitgliedsnummer;Name;Ort"
        result = check(csv_of("9;Eins;Kassel", "10;Streng geheim;Kassel", header=header), network=bochum)
        assert errors(result) == {2: ["member_number"]}
        row = result.rows.get(number=2)
        assert (row.organisation, row.changes, row.warnings) == (None, {}, [])
        assert "geheim" not in str(row.errors)
        assert result.rows.get(number=3).warnings == []

    def test_their_own_cannot_be_moved_away(self, bochum, kassel):
        bring_in(csv_of("1;Eins;Bochum"))
        assert errors(check(csv_of("1;Eins;Kassel"), network=bochum)) == {2: ["network"]}


class TestCommands:
    def test_a_file_is_imported(self, bochum, tmp_path, capsys):
        file = tmp_path / "liste.xlsx"
        file.write_bytes(xlsx_of(["Mitgliedsnummer", "Name", "Verbund"], [17, "Eins", "Bochum"]))
        call_command("import_organisations", file, dry_run=True)
        assert not OrganisationPage.objects.filter(member_number="17").exists()
        call_command("import_organisations", file)
        assert organisation("17").title == "Eins"

    def test_errors_are_told_and_nothing_is_changed(self, bochum, tmp_path, capsys):
        file = tmp_path / "liste.csv"
        file.write_bytes(csv_of("1;Eins;Bochum", "2;Zwei;Atlantis"))
        with pytest.raises(CommandError):
            call_command("import_organisations", file)
        assert "3 · Verbund: " in capsys.readouterr().out
        assert not OrganisationPage.objects.filter(member_number="1").exists()

    @pytest.mark.parametrize("options", [{"network": "gibtsnicht"}, {}])
    def test_what_cannot_be_is_said(self, bochum, tmp_path, options):
        with pytest.raises(CommandError):
            call_command("import_organisations", tmp_path / "fehlt.csv", **options)

    def test_old_imports_go(self, bochum):
        old, new = (check(csv_of("1;Eins;Bochum")) for _ in range(2))
        MemberImport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=91))
        call_command("purge_personal_data")
        assert [*MemberImport.objects.values_list("pk", flat=True)] == [new.pk]
        assert set(ImportRow.objects.values_list("member_import", flat=True)) == {new.pk}


@pytest.mark.parametrize("how", ["", " (telefonisch)", " (vor Ort: montags)"])
def test_names_of_languages_may_have_brackets(bochum, how):
    name = Words().spoken["ckb"]
    bring_in(csv_of(f"1;Eins;Bochum;{name}{how}, Türkisch", header="Mitgliedsnummer;Name;Verbund;Sprachen"))
    assert [row.language for row in organisation("1").spoken_languages.all()] == ["ckb", "tr"]
