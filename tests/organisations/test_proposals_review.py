"""A coordinator decides what an organisation proposed: old beside new, field by field, once."""

from copy import deepcopy

import pytest
from django.urls import reverse

from organisations.models import OrganisationPage, Proposal
from organisations.upkeep.proposals import propose, propose_closed
from tests.core import pictures
from tests.organisations.coordinators import login, queries, two_networks
from tests.site.world import make, note

FACTS = {"place": "Bochum", "postal_code": "44787", "phone": "+49 234 1", "email": "post@example.org"}
WANTED = {"summary": "Beratung und Sprachkurse für Frauen.", "phone": "+49 234 2"}


@pytest.fixture(scope="module")
def built(lasting_site):
    networks = two_networks(lasting_site)
    page = make(OrganisationPage, networks["Bochum"], "eins", "Verein Eins", summary="Beratung für Frauen.")
    page.save_revision().publish()
    note(page, consent="Vorstand, 1. Mai", **FACTS)
    return networks, OrganisationPage.objects.get(pk=page.pk)


@pytest.fixture
def networks(built, db):
    return deepcopy(built[0])


@pytest.fixture
def page(built, db):
    return deepcopy(built[1])


@pytest.fixture
def bochum(networks):
    return login("Koordination: Verbund Bochum")


@pytest.fixture
def kassel(networks):
    return login("Koordination: Verbund Kassel")


@pytest.fixture
def proposal(page):
    return propose(page, WANTED, message="Bitte ändern.")


def address(proposal, name="proposal"):
    return reverse(f"organisations_admin:{name}", args=[proposal.pk])


def send(client, proposal, decision="accept", fields=tuple(WANTED), seen=None, **values):
    """As the form is sent that the client has just opened."""
    if seen is None:
        seen = client.get(address(proposal)).context["seen"]
    data = {"decision": decision, "fields_accepted": fields, "seen": seen, **values}
    return client.post(address(proposal), data)


def stored(page):
    page = OrganisationPage.objects.get(pk=page.pk)
    return page.summary, page.record.phone, page.status


def test_old_and_new_stand_side_by_side_with_marked_words(bochum, proposal):
    text = bochum.get(address(proposal)).text
    assert "Beratung<ins> und Sprachkurse</ins> für Frauen." in text
    assert "+49 234 <del>1</del>" in text
    assert "+49 234 <ins>2</ins>" in text
    assert "Bitte ändern." in text


def test_what_was_typed_is_no_html(bochum, page):
    proposal = propose(page, {"summary": "<script>alert(1)</script>"}, message="<b>x</b>")
    text = bochum.get(address(proposal)).text
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text


def test_looking_decides_nothing(bochum, page, proposal):
    before = stored(page)
    bochum.get(address(proposal))
    bochum.head(address(proposal))
    bochum.put(address(proposal))
    proposal.refresh_from_db()
    assert (stored(page), proposal.decided_at) == (before, None)


def test_ticked_fields_hold_and_the_others_do_not(bochum, page, proposal, mailoutbox):
    mailoutbox.clear()
    response = send(bochum, proposal, fields=["phone"], answer="Gern, bis auf den Text.")
    assert response.status_code == 302
    assert stored(page) == ("Beratung für Frauen.", "+49 234 2", "active")
    proposal.refresh_from_db()
    assert (proposal.accepted, proposal.decided_by) == (["phone"], bochum.user)
    (told,) = mailoutbox
    assert told.to == ["post@example.org"]
    assert "Gern, bis auf den Text." in told.body


def test_refusing_changes_nothing_whatever_is_ticked(bochum, page, proposal):
    before = stored(page)
    send(bochum, proposal, decision="refuse", answer="Nein.")
    proposal.refresh_from_db()
    assert (stored(page), proposal.accepted, proposal.answer) == (before, [], "Nein.")
    assert proposal.decided_at


def test_the_second_to_decide_is_told_so(bochum, page, proposal):
    other = login("Redaktion")
    seen = other.get(address(proposal)).context["seen"]
    send(bochum, proposal, fields=["phone"])
    late = send(other, proposal, decision="refuse", seen=seen)
    assert late.status_code == 409
    assert "+49" not in late.text
    assert stored(page)[1] == "+49 234 2"
    assert other.get(address(proposal)).status_code == 200


def test_a_proposal_that_was_replaced_says_so(bochum, page, proposal):
    seen = bochum.get(address(proposal)).context["seen"]
    newer = propose(page, {"phone": "+49 234 3"})
    assert newer.pk != proposal.pk
    assert send(bochum, proposal, seen=seen).status_code == 410
    assert stored(page)[1] == "+49 234 1"


def test_facts_that_changed_meanwhile_are_shown_before_anything_holds(bochum, page, proposal):
    seen = bochum.get(address(proposal)).context["seen"]
    note(page, phone="+49 234 9")
    response = send(bochum, proposal, seen=seen, answer="Danke!")
    assert response.status_code == 409
    assert "+49 234 <del>9</del>" in response.text
    assert "Danke!" in response.text
    assert response.context["changed_since"]
    assert stored(page)[1] == "+49 234 9"
    assert send(bochum, proposal).status_code == 302
    assert stored(page)[1] == "+49 234 2"


def test_what_has_come_true_meanwhile_is_no_refusal(bochum, page, proposal):
    note(page, phone="+49 234 2")
    assert [one.name for one in bochum.get(address(proposal)).context["view"].differences] == ["summary"]
    send(bochum, proposal, fields=["summary"])
    proposal.refresh_from_db()
    assert {*proposal.accepted} == {"summary", "phone"}


def test_closing_takes_the_profile_out_of_the_lists(bochum, page, client):
    proposal = propose_closed(page, "Wir haben uns aufgelöst.")
    assert "Wir haben uns aufgelöst." in bochum.get(address(proposal)).text
    send(bochum, proposal, fields=["status"])
    assert stored(page)[2] == "closed"
    assert not OrganisationPage.objects.listed().filter(pk=page.pk).exists()


BAD = {
    "nothing ticked": {"fields": []},
    "unknown field": {"fields": ["phone", "owner"]},
    "too long": {"answer": "a" * 2001},
    "no decision": {"decision": "x"},
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_named_and_decides_nothing(bochum, page, proposal, bad):
    before = stored(page)
    response = send(bochum, proposal, **({"answer": "Danke!"} | BAD[bad]))
    assert response.status_code == 422
    assert "help-critical" in response.text
    proposal.refresh_from_db()
    assert (stored(page), proposal.decided_at) == (before, None)
    if "answer" not in BAD[bad]:
        assert "Danke!" in response.text


@pytest.mark.parametrize("who", ["kassel", "Übersetzung: Arabisch", "Projektteam"])
def test_others_neither_read_nor_decide(who, kassel, page, proposal, request):
    client = kassel if who == "kassel" else login(who)
    before = stored(page)
    for method in ("get", "post"):
        response = getattr(client, method)(address(proposal), {"decision": "accept", "fields_accepted": ["phone"]})
        assert response.status_code in (302, 410)
    assert "Verein Eins" not in client.get(reverse("organisations_admin:proposals"), follow=True).text
    assert stored(page) == before


def test_nobody_decides_without_a_login(client, page, proposal):
    response = client.post(address(proposal), {"decision": "accept", "fields_accepted": ["phone"]})
    assert response.headers["Location"].startswith("/admin/login/")
    assert stored(page)[1] == "+49 234 1"


def test_a_photo_that_waits_is_seen_by_its_coordinators_alone(bochum, kassel, client, page):
    bytes_ = pictures.with_secrets("png")
    proposal = propose(page, {"photo": "Unser Haus"}, photo=bytes_, photo_consent="Alle gefragt")
    shown = bochum.get(address(proposal, "proposal_photo"))
    assert shown.content == bytes_
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert "no-store" in shown.headers["Cache-Control"]
    for other in (kassel, client, login("Übersetzung: Arabisch")):
        assert other.get(address(proposal, "proposal_photo")).content != bytes_
    text = bochum.get(address(proposal)).text
    assert address(proposal, "proposal_photo") in text
    assert "Alle gefragt" in text


def test_the_list_of_what_waits_costs_the_same_for_any_number(bochum, networks, page, proposal):
    listing = reverse("organisations_admin:proposals")
    bochum.get(listing)
    few = len(queries(bochum, listing))
    for number in range(4):
        other = make(OrganisationPage, networks["Bochum"], f"v{number}", f"Verein {number}")
        Proposal.objects.create(organisation=other, values={"phone": "1"})
    assert len(queries(bochum, listing)) == few
