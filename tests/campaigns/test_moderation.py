"""What people write is read by somebody first; and what staff do for one person."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from campaigns.models import DayFigures, KeptOut, SignUp, SignUpLink
from tests.campaigns import signers
from tests.campaigns.desks import signed

LIST = "/admin/sign-ups/"


def act(client, action, rows, query="") -> int:
    """As the footer of the list does it: the question first, then the button. Returns the number of clicks."""
    address = f"/admin/bulk/campaigns/signup/{action}/?{'&'.join(f'id={row}' for row in rows)}{query}"
    page = client.get(address)
    assert page.status_code == 200
    assert client.post(page.context["submit_url"]).status_code == 302
    return 3  # all on the page, the action, yes


def comment(page, text="Weil es wichtig ist.", email="thi@example.org", **values) -> SignUp:
    return signed(page, email=email, comment=text, **values)


def test_a_hundred_are_decided_on_with_three_clicks(desk):
    rows = [comment(desk.first, f"Nummer {n}", f"{n}@example.org").pk for n in range(100)]
    html = desk.mina.get(f"{LIST}?moderated=waiting").text
    assert html.count("data-object-id") >= 100
    assert act(desk.mina, "reject", rows) <= 3
    assert SignUp.objects.filter(moderated=SignUp.REJECTED).count() == 100
    assert not SignUp.objects.to_moderate().exists()


def test_comments_are_quoted_only_when_approved(desk):
    row = comment(desk.first)
    assert not SignUp.objects.to_quote().exists()
    act(desk.mina, "approve", [row.pk])
    assert [*SignUp.objects.to_quote()] == [row]
    act(desk.mina, "reject", [row.pk])
    assert not SignUp.objects.to_quote().exists()


def test_a_held_back_name_shows_when_it_is_approved_and_not_before(desk):
    row = signed(desk.first, "Ali www.example.org", shows_name=True, is_held_back=True)
    assert [*SignUp.objects.to_moderate()] == [row]
    act(desk.mina, "reject", [row.pk])
    assert not SignUp.objects.to_show().exists()
    assert not SignUp.objects.to_moderate().exists()
    act(desk.mina, "approve", [row.pk])
    assert [*SignUp.objects.to_show()] == [row]


def test_a_name_that_hurts_can_be_hidden(desk):
    row = signed(desk.first, "Schimpfwort", shows_name=True)
    act(desk.mina, "hide_name", [row.pk])
    assert not SignUp.objects.to_show().exists()


def test_rejecting_a_comment_leaves_the_name(desk):
    row = comment(desk.first, shows_name=True)
    act(desk.mina, "reject", [row.pk])
    assert [*SignUp.objects.to_show()] == [row]


def test_only_what_is_confirmed_is_decided_on(desk):
    row = comment(desk.first, confirmed=False)
    desk.mina.post(f"/admin/bulk/campaigns/signup/approve/?id={row.pk}")
    row.refresh_from_db()
    assert row.moderated == ""


@pytest.mark.parametrize("who", ["omar", "lead"])
@pytest.mark.parametrize("action", ["approve", "reject", "hide_name"])
def test_nobody_decides_for_the_campaign_of_others(desk, who, action):
    row = comment(desk.first, "Geheimer Satz")
    client = desk.people[who]
    for answer in (client.get, client.post):
        assert "Geheimer Satz" not in answer(f"/admin/bulk/campaigns/signup/{action}/?id={row.pk}").text
        assert "Geheimer Satz" not in answer(f"/admin/bulk/campaigns/signup/{action}/?id=all").text
    row.refresh_from_db()
    assert (row.moderated, row.is_held_back) == ("", False)


@pytest.mark.parametrize(
    "ids", ["id=", "id=x", "id=99999999999999999999", "id=%00", "id=-1", "", "id=all&campaign=%00"]
)
def test_odd_choices_do_nothing(desk, ids):
    row = signed(desk.second)
    assert desk.mina.post(f"/admin/bulk/campaigns/signup/approve/?{ids}").status_code == 302
    row.refresh_from_db()
    assert row.moderated == ""


def test_all_of_the_list_means_as_it_is_narrowed(desk):
    german = comment(desk.first)
    arabic = comment(desk.first, email="ali@example.org", language="ar")
    act(desk.mina, "approve", ["all"], "&language=ar&moderated=waiting")
    german.refresh_from_db()
    arabic.refresh_from_db()
    assert (german.moderated, arabic.moderated) == ("", "approved")


def test_decisions_stand_in_the_history_of_the_campaign_without_names(desk):
    act(desk.mina, "approve", [comment(desk.first).pk])
    entry = PageLogEntry.objects.get(action="campaigns.moderated")
    assert (entry.page_id, entry.user, entry.data) == (
        desk.first.pk,
        desk.mina.user,
        {"decision": "approve", "number": 1},
    )


def test_staff_withdraw_for_somebody_and_nothing_of_them_stays(desk, client):
    signers.sign(client, desk.first)
    signers.press(client, signers.link(), "confirm")
    row = SignUp.objects.get()
    address = f"{LIST}{row.pk}/withdraw/"
    assert desk.mina.get(address).status_code == 200
    assert SignUp.objects.exists()
    assert desk.mina.post(address).status_code == 302
    assert not SignUp.objects.exists()
    assert KeptOut.objects.count() == 1
    [day] = DayFigures.objects.all()
    assert (day.page_id, day.language, day.confirmed, day.withdrawn) == (desk.first.pk, "de", 1, 1)
    entry = PageLogEntry.objects.get(action="campaigns.withdrawn")
    assert "Nguyễn" not in f"{entry.label} {entry.data}"


def test_nobody_withdraws_or_writes_for_the_campaign_of_others(desk):
    row = signed(desk.first, confirmed=False)
    for name in ("withdraw", "ask-again"):
        for client in (desk.omar, desk.lead):
            assert client.post(f"{LIST}{row.pk}/{name}/", follow=True).status_code in (200, 404)
    assert SignUp.objects.exists()
    assert mail.outbox == []


def test_forms_of_other_sites_withdraw_nobody(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.mina.user)
    row = signed(desk.first)
    assert strict.post(f"{LIST}{row.pk}/withdraw/").status_code == 403
    assert SignUp.objects.exists()


def test_the_question_is_sent_once_more_at_most_once_a_day(desk):
    row = signed(desk.first, confirmed=False)
    for _click in range(3):
        desk.mina.post(f"{LIST}{row.pk}/ask-again/")
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["thi@example.org"]
    assert SignUpLink.objects.count() == 1


def test_whoever_has_confirmed_is_not_asked_again(desk):
    row = signed(desk.first)
    desk.mina.post(f"{LIST}{row.pk}/ask-again/")
    assert mail.outbox == []


def test_the_row_shows_what_was_agreed_to_when_and_until_when_it_is_kept(desk):
    row = signed(desk.first)
    html = desk.mina.get(f"{LIST}{row.pk}/").text
    assert "Ich stimme zu." in html
    assert row.consent.digest[:12] in html


def test_the_first_page_says_what_waits(desk):
    comment(desk.first)
    late = timezone.now() - timedelta(days=2)
    for number in range(20):
        signed(desk.first, email=f"{number}@example.org", confirmed=False, requested_at=late)
    html = desk.mina.get("/admin/").text
    assert "/admin/sign-ups/?moderated=waiting" in html
    assert "w-text-text-error" in html.split("taking-part-waiting", 1)[1]
    assert "/admin/sign-ups/?moderated=waiting" not in desk.omar.get("/admin/").text
    assert "/admin/sign-ups/" not in desk.lead.get("/admin/").text
