"""Who sees whoever takes part, in every view of the desk."""

import csv
import io
import os
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from campaigns.desk import exporting
from campaigns.desk.group import viewset_named
from campaigns.models import Export, Responsibility, SignUp
from core import roles
from tests.campaigns.desks import signed

LIST = "/admin/sign-ups/"
EXPORTS = "/admin/exports/"


@pytest.fixture
def rows(desk):
    return [signed(desk.first, "Frau Eins", "eins@example.org"), signed(desk.second, "Herr Zwei", "zwei@example.org")]


def is_missing(answer, client) -> bool:
    """The site looks for what it does not find below a language, too."""
    return client.get(answer["Location"]).status_code == 404 if answer.status_code == 302 else answer.status_code == 404


def seen(client, query="") -> set[str]:
    html = client.get(f"{LIST}{query}").text
    return {name for name in ("Frau Eins", "Herr Zwei") if name in html}


def table(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return [*csv.reader(io.StringIO(content), delimiter=";")]


def test_project_staff_see_those_of_their_own_campaigns_and_the_office_sees_all(desk, rows):
    assert seen(desk.mina) == {"Frau Eins"}
    assert seen(desk.omar) == {"Herr Zwei"}
    assert seen(desk.redaktion) == {"Frau Eins", "Herr Zwei"}


def test_nobody_else_sees_anybody(desk, rows, client):
    assert desk.lead.get(LIST)["Location"] == "/admin/"  # with a word on rights
    assert is_missing(desk.lead.get(f"{LIST}{rows[0].pk}/"), desk.lead)
    assert client.get(LIST)["Location"].startswith("/admin/login/")


def test_whoever_is_no_longer_project_staff_sees_nobody(desk, rows):
    desk.mina.user.groups.clear()
    assert desk.mina.get(LIST).status_code == 302


def test_rows_of_others_are_not_found(desk, rows):
    mine, foreign = rows
    assert "eins@example.org" in desk.mina.get(f"{LIST}{mine.pk}/").text
    assert is_missing(desk.mina.get(f"{LIST}{foreign.pk}/"), desk.mina)


def test_filters_of_others_name_no_campaign_of_mine(desk, rows):
    html = desk.mina.get(LIST).text
    assert "Mehr Absprachen" in html
    assert "Die zweite" not in html
    assert seen(desk.mina, f"?campaign={desk.second.pk}") != {"Herr Zwei"}


def test_whoever_is_named_as_responsible_sees_them_at_once(desk, rows):
    answer = desk.mina.post(f"/admin/taking-part/{desk.first.pk}/staff/", {"people": [desk.omar.user.pk]})
    assert answer.status_code == 302
    assert seen(desk.omar) == {"Frau Eins", "Herr Zwei"}
    [told] = PageLogEntry.objects.filter(page=desk.first.pk, action="campaigns.responsible")
    assert told.data == {"people": [desk.omar.user.pk]}
    desk.mina.post(f"/admin/taking-part/{desk.first.pk}/staff/", {})
    assert seen(desk.omar) == {"Herr Zwei"}


def test_nobody_makes_themselves_responsible_for_the_campaign_of_others(desk, rows):
    answer = desk.omar.post(f"/admin/taking-part/{desk.first.pk}/staff/", {"people": [desk.omar.user.pk]})
    assert is_missing(answer, desk.omar)
    assert not Responsibility.objects.exists()


def test_only_people_who_may_change_the_page_can_be_responsible(desk, rows):
    address = f"/admin/taking-part/{desk.first.pk}/staff/"
    assert "Omar" in desk.mina.get(address).text
    assert "Lead" not in desk.mina.get(address).text
    desk.mina.post(address, {"people": [desk.lead.user.pk]})
    assert not Responsibility.objects.exists()


def test_nothing_is_added_edited_or_deleted_in_a_form(desk, rows):
    for name in (
        "new/",
        f"edit/{rows[0].pk}/",
        f"delete/{rows[0].pk}/",
        f"history/{rows[0].pk}/",
        f"usage/{rows[0].pk}/",
    ):
        for answer in (desk.redaktion.get(LIST + name), desk.redaktion.post(LIST + name)):
            assert is_missing(answer, desk.redaktion)


@pytest.mark.parametrize("state", ["confirmed", "pending", "withdrawn"])
def test_states_can_be_told_apart(desk, state):
    signed(desk.first, "Frau Eins", "eins@example.org")
    signed(desk.first, "Herr Zwei", "zwei@example.org", confirmed=False)
    expected = {"confirmed": {"Frau Eins"}, "pending": {"Herr Zwei"}, "withdrawn": set()}
    assert seen(desk.mina, f"?state={state}") == expected[state]


def test_language_place_and_period_narrow_the_list(desk):
    signed(desk.first, "Frau Eins", "eins@example.org", postal_code="44137", language="ar")
    signed(desk.first, "Herr Zwei", "zwei@example.org", postal_code="10115")
    assert seen(desk.mina, "?language=ar") == {"Frau Eins"}
    assert seen(desk.mina, "?place=NW") == {"Frau Eins"}
    assert seen(desk.mina, "?postal_code=101") == {"Herr Zwei"}
    assert seen(desk.mina, "?requested_at_from=2090-01-01") == set()


@pytest.mark.parametrize("query", ["?q=eins@EXAMPLE.org", "?q=frau", "?q=Eins%00"])
def test_people_are_found_by_name_and_address(desk, rows, query):
    assert seen(desk.redaktion, query) == {"Frau Eins"}


@pytest.mark.parametrize(
    "query",
    [
        "?campaign=100000000000000000000",
        "?campaign=%00",
        "?p=99999999999999999999",
        "?ordering=email_key",
        "?requested_at_from=%D9%A1",
        "?postal_code=%25%5F",
        f"?q={'a' * 3000}",
        "?language=xx&state=&place=%F0%9F%92%A9",
    ],
)
def test_odd_questions_are_answered(desk, rows, query):
    assert desk.redaktion.get(LIST + query).status_code == 200


def test_the_list_costs_the_same_whatever_its_length(desk, django_assert_max_num_queries):
    for number in range(30):
        signed(desk.first, f"Person {number}", f"{number}@example.org")
    desk.mina.get(LIST)
    with django_assert_max_num_queries(24):
        desk.mina.get(LIST)


def test_an_export_holds_confirmed_rows_and_is_written_down(desk, rows):
    signed(desk.first, "Frau Später", "spaeter@example.org", confirmed=False)
    lines = table(desk.mina.get(f"{LIST}?export=csv"))
    assert [line[1] for line in lines] == ["Name", "Frau Eins"]
    log = Export.objects.get()
    assert (log.user, log.kind, log.rows, log.format) == (desk.mina.user, "sign-ups", 1, "csv")
    assert log.question == ""


def test_an_export_follows_the_filters_and_says_which(desk, rows):
    signed(desk.second, "علي", "ali@example.org", language="ar")
    lines = table(desk.redaktion.get(f"{LIST}?export=csv&language=ar&q=ali@example.org"))
    assert [line[1] for line in lines[1:]] == ["علي"]
    narrowed = Export.objects.get().narrowed
    assert "العربية" in narrowed
    assert "ali@" not in narrowed


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@x", "\t=1", "＝1"])
def test_no_cell_is_a_formula(desk, cell):
    SignUp.objects.filter(pk=signed(desk.first).pk).update(name=cell, comment=cell)
    assert table(desk.mina.get(f"{LIST}?export=csv"))[1][1] == f"'{cell}"
    book = load_workbook(io.BytesIO(b"".join(desk.mina.get(f"{LIST}?export=xlsx").streaming_content)))
    [_head, line] = book.active.iter_rows()
    assert line[1].data_type == "s"
    assert line[1].value.startswith("'")


def test_no_sign_that_is_left_out_hides_a_formula(desk):
    """What no file can hold is taken away first, and what is left is looked at."""
    SignUp.objects.filter(pk=signed(desk.first).pk).update(name="\ufffe=1+1", comment="\x0b\uffff@x")
    line = table(desk.mina.get(f"{LIST}?export=csv"))[1]
    assert line[1] == "'=1+1"
    assert not any(cell.startswith(("=", "@")) for cell in line)


def test_an_export_of_a_filter_that_is_not_understood_is_refused(desk, rows):
    assert desk.mina.get(f"{LIST}?export=csv&requested_at_from=gestern").status_code == 302
    assert desk.mina.head(f"{LIST}?export=csv").status_code == 200
    assert not Export.objects.exists()


def test_a_large_export_is_a_task_and_waits_for_whoever_asked(desk, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "CHUNK", 2)
    for number in range(5):
        signed(desk.first, f"Person {number}", f"{number}@example.org", postal_code="01067")
    assert desk.mina.get(f"{LIST}?export=csv").status_code == 302
    log = Export.objects.get()
    assert (log.state, log.rows, log.question) == (Export.DONE, 5, "")
    lines = table(desk.mina.get(f"{EXPORTS}{log.pk}/file/"))
    assert [line[1] for line in lines[1:]] == [f"Person {number}" for number in range(5)]
    assert lines[1][3] == "01067"
    assert is_missing(desk.omar.get(f"{EXPORTS}{log.pk}/file/"), desk.omar)
    assert is_missing(desk.redaktion.get(f"{EXPORTS}{log.pk}/file/"), desk.redaktion)
    default_storage.delete(log.file)


@pytest.mark.parametrize("loss", ["responsibility", "person's group", "group's person", "all of a group", "nothing"])
def test_a_file_is_gone_for_whoever_looks_after_less(desk, monkeypatch, loss, django_capture_on_commit_callbacks):
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    responsible = Responsibility.objects.create(page=desk.second, user=desk.mina.user)
    signed(desk.first)
    assert desk.mina.get(f"{LIST}?export=csv").status_code == 302
    log, group = Export.objects.get(), desk.mina.user.groups.get()
    lose = {
        "responsibility": responsible.delete,
        "person's group": lambda: desk.mina.user.groups.remove(group),
        "group's person": lambda: group.user_set.remove(desk.mina.user),
        "all of a group": group.user_set.clear,
        "nothing": lambda: desk.omar.user.groups.clear(),
    }
    with django_capture_on_commit_callbacks(execute=True):
        lose[loss]()
    kept = loss == "nothing"
    assert default_storage.exists(log.file) == bool(Export.objects.get().file) == kept
    if kept:
        default_storage.delete(log.file)
    else:
        assert desk.mina.get(f"{EXPORTS}{log.pk}/file/").status_code in (302, 404)


def test_a_storage_that_does_not_answer_keeps_nobody_up_and_its_file_goes_later(
    desk, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    responsible = Responsibility.objects.create(page=desk.second, user=desk.mina.user)
    signed(desk.first)
    desk.mina.get(f"{LIST}?export=csv")
    log = Export.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", Mock(side_effect=OSError("no answer")))
        with django_capture_on_commit_callbacks(execute=True):
            responsible.delete()
    assert is_missing(desk.mina.get(f"{EXPORTS}{log.pk}/file/"), desk.mina)
    call_command("purge_personal_data")
    assert default_storage.exists(log.file)  # it may be one that is just being written
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(default_storage.path(log.file), (yesterday, yesterday))
    call_command("purge_personal_data")
    assert not default_storage.exists(log.file)


def test_rows_are_asked_for_in_pieces(desk, monkeypatch, django_assert_num_queries):
    """Each with one query for the ways to help: a million rows never stand in memory."""
    monkeypatch.setattr(exporting, "CHUNK", 2)
    for number in range(5):
        signed(desk.first, f"Person {number}", f"{number}@example.org")
    viewset = viewset_named("sign-ups")
    lines = exporting.table(viewset.shown(SignUp.objects.confirmed()), viewset.export_columns)
    with django_assert_num_queries(2):
        for _line in range(3):
            next(lines)
    with django_assert_num_queries(2 + 2 + 1):
        assert len([*lines]) == 3


def test_a_large_export_has_the_rights_its_owner_has_when_it_is_written(desk, rows):
    log = Export.objects.create(user=desk.mina.user, kind="sign-ups", format="csv", question="export=csv")
    desk.mina.user.groups.clear()
    exporting.write(log.pk)
    log.refresh_from_db()
    assert (log.state, log.rows) == (Export.DONE, 0)
    default_storage.delete(log.file)


def test_project_staff_see_their_own_exports_and_the_office_all(desk, rows):
    desk.mina.get(f"{LIST}?export=csv")
    assert "Mina" in desk.redaktion.get(EXPORTS).text
    assert "Mina" in desk.mina.get(EXPORTS).text
    assert "sign-ups" not in desk.omar.get(EXPORTS).text.split("<main")[1].split("listing-results")[1]


def test_the_form_for_groups_offers_no_right_to_these_rows(desk):
    assert not [name for name in roles.administrators().permissions if name.endswith(("_signup", "_export"))]


def test_an_export_whose_worker_died_is_written_anew(desk, rows):
    log = Export.objects.create(
        user=desk.mina.user,
        kind="sign-ups",
        format="csv",
        question="export=csv",
        lease_until=timezone.now() - timedelta(minutes=1),
    )
    call_command("resume_exports")
    log.refresh_from_db()
    assert (log.state, log.rows) == (Export.DONE, 1)
    default_storage.delete(log.file)


def test_files_of_exports_go_after_a_day_and_the_log_after_two_years(desk, rows, django_capture_on_commit_callbacks):
    exporting.write(Export.objects.create(user=desk.mina.user, kind="sign-ups", format="csv", question="").pk)
    log = Export.objects.get()
    Export.objects.update(created_at=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_personal_data")
    assert not default_storage.exists(log.file)
    assert Export.objects.get().file == ""
    Export.objects.update(created_at=timezone.now() - timedelta(days=731))
    call_command("purge_personal_data")
    assert not Export.objects.exists()
