"""Who may give translations to whom, and what becomes of them when people cannot, or leave."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from core.models import User
from translations import assigning
from translations.models import Assignment


@pytest.fixture
def cells(site):
    return [
        (site.pages[slug].translation_key, site.locales[code].pk)
        for slug in ("ueber-uns", "verband")
        for code in ("ar", "tr")
    ]


@pytest.fixture
def user(people):
    return lambda role: User.objects.get(username=role)


def arabic(cells, site):
    return [cell for cell in cells if cell[1] == site.locales["ar"].pk]


def test_an_editor_gives_pages_to_everybody_in_their_languages(cells, user, django_assert_num_queries):
    made = assigning.assign(cells, due=date(2027, 1, 4), by=user("editor"))
    assert {row.cell for row in made} == {*cells}
    with django_assert_num_queries(1):
        found = assigning.assignments(cells)
    assert {row.due for row in found.values()} == {date(2027, 1, 4)}
    assert {(row.person, row.group) for row in found.values()} == {(None, None)}


def test_one_row_for_each_page_and_language_whoever_has_it(cells, site, user):
    assigning.assign(cells, by=user("admin"))
    assigning.assign(arabic(cells, site), person=user("translator_ar"), by=user("lead_ar"))
    assert Assignment.objects.count() == 4
    assert Assignment.objects.filter(person=user("translator_ar")).count() == 2


@pytest.mark.parametrize("role", ["translator_ar", "lead_tr", "project_editor", "translator_easy"])
def test_whoever_has_nothing_to_say_there_assigns_nothing(role, cells, site, user):
    with pytest.raises(PermissionDenied):
        assigning.assign(arabic(cells, site), by=user(role))
    assert not Assignment.objects.exists()


def test_a_lead_assigns_in_one_language_only(cells, site, user):
    with pytest.raises(PermissionDenied):
        assigning.assign(cells, by=user("lead_ar"))
    assert assigning.assign(arabic(cells, site), by=user("lead_ar"))


@pytest.mark.parametrize("role", ["translator_tr", "editor", "admin"])
def test_only_people_of_the_language_are_given_work_in_it(role, cells, site, user):
    with pytest.raises(ValidationError):
        assigning.assign(arabic(cells, site), person=user(role), by=user("admin"))
    assert not Assignment.objects.exists()


def test_only_groups_of_the_language_are_given_work_in_it(cells, site, user):
    with pytest.raises(ValidationError):
        assigning.assign(arabic(cells, site), group=Group.objects.get(name="Redaktion"), by=user("admin"))
    leads = Group.objects.get(name="Sprachleitung: Arabisch")
    assert assigning.assign(arabic(cells, site), group=leads, by=user("admin"))[0].group == leads


def test_german_is_not_translated(site, user):
    with pytest.raises(ValidationError):
        assigning.assign([(site.pages["verband"].translation_key, site.locales["de"].pk)], by=user("admin"))


def test_a_date_is_set_without_taking_work_away(cells, site, user):
    assigning.assign(arabic(cells, site), person=user("translator_ar"), note="Eilig", by=user("lead_ar"))
    assigning.set_due(cells, date(2027, 2, 1), by=user("editor"))
    rows = assigning.assignments(cells)
    assert {row.due for row in rows.values()} == {date(2027, 2, 1)}
    assert {row.person for cell, row in rows.items() if cell in arabic(cells, site)} == {user("translator_ar")}
    assert {row.note for cell, row in rows.items() if cell in arabic(cells, site)} == {"Eilig"}
    assert {row.requested_by for cell, row in rows.items() if cell in arabic(cells, site)} == {user("lead_ar")}


def test_a_date_brings_nothing_back_that_was_over(cells, site, user, monkeypatch):
    """Work that was agreed on before the last publication is nobody's."""
    held, over = assigning.assign(arabic(cells, site), person=user("translator_ar"), by=user("lead_ar"))
    monkeypatch.setattr(Assignment, "holds_for", lambda row, cell: row.cell != over.cell)
    assigning.set_due([held.cell, over.cell], date(2027, 2, 1), by=user("editor"))
    rows = assigning.assignments([held.cell, over.cell])
    assert rows[held.cell].created_at == held.created_at
    assert (rows[held.cell].person, rows[over.cell].person) == (user("translator_ar"), None)
    assert {row.due for row in rows.values()} == {date(2027, 2, 1)}


def test_a_translator_takes_what_is_nobodys(cells, site, user):
    cell = arabic(cells, site)[0]
    assert assigning.take(cell, user("translator_ar")).person == user("translator_ar")
    assert assigning.take(cell, user("translator_ar")).person == user("translator_ar")
    with pytest.raises(ValidationError):
        assigning.take(cell, user("lead_ar"))
    with pytest.raises(PermissionDenied):
        assigning.take(cell, user("translator_tr"))


def test_of_two_who_take_what_is_over_the_first_gets_it(cells, site, user):
    past, _other = assigning.assign(arabic(cells, site), person=user("translator_ar"), by=user("editor"))
    assert assigning.take(past.cell, user("lead_ar"), past=past).person == user("lead_ar")
    with pytest.raises(ValidationError):
        assigning.take(past.cell, user("translator_ar"), past=past)
    assert Assignment.objects.get(translation_key=past.translation_key, person=user("lead_ar"))


def test_what_is_with_a_group_is_its_members_to_take(cells, site, user):
    leads, translators = (Group.objects.get(name=f"{name}: Arabisch") for name in ("Sprachleitung", "Übersetzung"))
    cell = arabic(cells, site)[0]
    assigning.assign([cell], group=leads, by=user("admin"))
    with pytest.raises(PermissionDenied):
        assigning.take(cell, user("translator_ar"))
    assert Assignment.objects.get().person is None
    assert assigning.take(cell, user("lead_ar")).person == user("lead_ar")
    assigning.assign([cell], group=translators, by=user("admin"))
    assert assigning.take(cell, user("translator_ar")).person == user("translator_ar")


def test_what_somebody_cannot_do_is_the_groups_again(cells, site, user):
    (row, *_others) = assigning.assign(arabic(cells, site), person=user("translator_ar"), by=user("editor"))
    with pytest.raises(PermissionDenied):
        assigning.give_back(row, user("translator_tr"), "x")
    assigning.give_back(row, user("translator_ar"), "Ich bin verreist. " * 100)
    row = Assignment.objects.get(pk=row.pk)
    assert row.person is None
    assert row.returned_by == user("translator_ar")
    assert row.requested_by == user("editor")
    assert row.reason.startswith("Ich bin verreist.")
    assert assigning.take(row.cell, user("translator_ar")).returned_at is None


@pytest.mark.parametrize("leaves", ["deactivated", "out of the group", "group loses its pages", "deleted"])
def test_work_of_people_who_leave_is_the_groups_again(leaves, cells, site, user):
    translator = user("translator_ar")
    assigning.assign(arabic(cells, site), person=translator, by=user("lead_ar"))
    if leaves == "deactivated":
        translator.is_active = False
        translator.save()
    elif leaves == "out of the group":
        translator.groups.clear()
    elif leaves == "deleted":
        translator.delete()
    else:
        translator.groups.get().page_permissions.all().delete()
        assigning.fall_back()
    assert set(Assignment.objects.values_list("person", flat=True)) == {None}
