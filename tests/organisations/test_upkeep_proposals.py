"""What coordinators do with a proposal, field by field, and what the organisation hears of it."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry

from core.models import SiteImage
from organisations.models import ProfileLink, Proposal, Service
from organisations.upkeep import links, photos, proposals
from tests.core.pictures import with_secrets
from tests.organisations.mailbox import everything_about, fresh, mails_to, record, set_up
from tests.site.world import note

HOURS = [{"weekday": 2, "opens": "09:30", "closes": "12:00", "note": "Ferien zu"}]
SPOKEN = [{"language": "ti", "mode": "phone", "note": ""}]


@pytest.fixture(scope="module")
def built(lasting_site):
    world = set_up(lasting_site)
    for key, name in (("kurse", "Kurse"), ("beratung", "Beratung")):
        Service.objects.create(name=name, key=key, locale=world.page.locale)
    return world


@pytest.fixture
def world(built, db):
    return deepcopy(built)


@pytest.fixture
def page(world):
    return world.page


def propose(page, values, **options):
    return proposals.propose(fresh(page), values, **options)


def test_accepted_fields_are_live_and_confirmed_the_others_are_not(page, world, client):
    proposal = propose(
        page,
        {
            "phone": "+49 1",
            "consent": "per Link",
            "website": "https://boese.example/",
            "opening_hours": HOURS,
            "spoken_languages": SPOKEN,
            "services": ["kurse"],
            "description": "Neu.\n\nNoch neuer.",
        },
    )
    accepted = ["phone", "opening_hours", "spoken_languages", "services", "description"]
    decided = proposals.decide(proposal, accepted, world.coordinator, "Danke!")
    now = fresh(page)
    assert (now.entry.phone, now.record.consent) == ("+49 1", "per Link")
    assert now.website == "https://verein.example/"
    assert [(row.weekday, f"{row.opens:%H:%M}", row.note) for row in now.opening_hours.all()] == [
        (2, "09:30", "Ferien zu")
    ]
    assert now.language_codes == ["ti"]
    assert [term.key for term in now.services.all()] == ["kurse"]
    assert "<p>Noch neuer.</p>" in str(now.body)
    assert not now.has_unpublished_changes
    assert now.entry.confirmed_on == timezone.localdate()
    assert {*decided.accepted} == {*accepted}
    assert (decided.decided_by, decided.answer) == (world.coordinator, "Danke!")
    text = client.get("/de/organisationen/bochum/eins/").text
    assert "+49 1" in text
    assert "boese" not in text


def test_the_organisation_is_told_in_its_language(page, world):
    note(page, language="ar")
    proposal = propose(page, {"phone": "+49 1", "consent": "x", "website": "https://b.example/"})
    proposals.decide(proposal, ["phone"], world.coordinator, "شكرا <b>")
    (sent,) = mails_to("buero@verein-eins.example")
    with override("ar"):
        assert "شكرا <b>" in sent.body
    assert 'dir="rtl"' in sent.alternatives[0].content
    assert "<b>" not in sent.alternatives[0].content
    assert "b.example" not in sent.body


def test_all_refused_changes_and_confirms_nothing(page, world):
    proposal = propose(page, {"website": "https://b.example/"})
    before = everything_about(page)
    proposals.decide(proposal, [], world.coordinator)
    after = everything_about(page)
    assert after[:4] == before[:4]
    assert proposals.waiting(page) is None
    assert len(mails_to("buero@verein-eins.example")) == 1
    assert PageLogEntry.objects.get(action="organisations.decided").user == world.coordinator


def test_what_was_not_proposed_cannot_be_accepted(page, world):
    proposal = propose(page, {"website": "https://b.example/"})
    decided = proposals.decide(proposal, ["website", "status", "email", "title", "consent", "member_number"])
    assert decided.accepted == ["website"]


def test_a_proposal_is_decided_once(page, world):
    proposal = propose(page, {"website": "https://b.example/"})
    proposals.decide(proposal, ["website"], world.coordinator)
    before = everything_about(page)
    with pytest.raises(proposals.AlreadyDecidedError):
        proposals.decide(proposal, [], world.office)
    assert everything_about(page) == before


def test_a_coordinator_decides_for_the_own_network_only(page, world):
    proposal = propose(page, {"website": "https://b.example/"})
    before = everything_about(page)
    with pytest.raises(PermissionDenied):
        proposals.decide(proposal, ["website"], world.stranger)
    assert everything_about(page) == before


def test_nothing_is_half_accepted(page, world):
    note(page, consent="", precision="town", shows_phone=False)
    proposal = propose(page, {"website": "https://b.example/", "shows_phone": True})
    before = everything_about(page)
    with pytest.raises(ValidationError):
        proposals.decide(proposal, ["website", "shows_phone"], world.coordinator)
    assert everything_about(page) == before
    assert proposals.waiting(page) == proposal
    proposals.decide(proposal, ["website"], world.coordinator)


def test_differences_are_told_in_the_readers_language(page):
    page.opening_hours.create(weekday=1, opens="09:00", closes="12:00")
    page.services.add(Service.objects.get(key="kurse"))
    page.save()
    proposal = propose(
        page,
        {
            "opening_hours": HOURS,
            "services": ["beratung", "kurse"],
            "precision": "form",
            "shows_phone": False,
            "spoken_languages": SPOKEN,
            "website": "https://verein.example/",
            "consent": "x",
        },
    )
    with override("de"):
        found = {difference.name: difference for difference in proposals.differences(proposal)}
    assert [*found] == ["precision", "shows_phone", "opening_hours", "spoken_languages", "services"]
    assert found["opening_hours"].old.startswith("Montag 09:00–12:00")
    assert found["opening_hours"].new == "Dienstag 09:30–12:00 (Ferien zu)"
    assert (found["services"].old, found["services"].new) == ("Kurse", "Beratung, Kurse")
    assert "Tigrinya" in found["spoken_languages"].new
    assert found["shows_phone"].new == "nein"


def test_closing(page, world, client):
    open_link, _token = links.make(page, ProfileLink.REMINDER)
    proposal = proposals.propose_closed(page, "Aufgelöst")
    (difference,) = proposals.differences(proposal)
    assert difference.name == "status"
    proposals.decide(proposal, ["status"], world.coordinator)
    assert fresh(page).status == "closed"
    assert "Verein Eins" not in client.get("/de/organisationen/").text
    open_link.refresh_from_db()
    assert open_link.revoked_at


def test_a_new_mailbox_gets_new_links(page, world):
    open_link, _token = links.make(page, ProfileLink.REMINDER)
    proposals.decide(propose(page, {"email": "neu@verein.example"}), ["email"], world.coordinator)
    open_link.refresh_from_db()
    assert open_link.revoked_at
    assert record(page).email == "neu@verein.example"
    assert len(mails_to("buero@verein-eins.example")) == 1
    assert mails_to("neu@verein.example") == []


def test_a_new_address_forgets_the_position_of_the_old(page, world):
    proposals.decide(propose(page, {"place": "Essen", "postal_code": "45127"}), ["place", "postal_code"])
    now = record(page)
    assert (now.latitude, now.municipality) == (None, "Essen")
    assert fresh(page).entry.latitude != 51.4818


def test_an_accepted_photo_becomes_a_picture_of_the_network(page, world):
    from io import BytesIO

    data = photos.prepare(BytesIO(with_secrets("jpg")))
    proposal = propose(page, {"photo": "Das Team"}, photo=data, photo_consent="per Link")
    (difference,) = proposals.differences(proposal)
    assert (difference.old, difference.new) == ("", "Das Team")
    decided = proposals.decide(proposal, ["photo"], world.coordinator)
    image = SiteImage.objects.get(pk=decided.photo_id)
    assert fresh(page).listing_image == image
    assert (image.description, image.collection.name) == ("Das Team", "Verbund Bochum")
    assert (image.width, image.height, image.uploaded_by_user) == (40, 20, world.coordinator)
    assert not Proposal.objects.get().photo_file


def test_a_refused_photo_is_gone(page, world):
    proposals.decide(propose(page, {"photo": "Das Team"}, photo=b"RIFF"), [], world.coordinator)
    assert not Proposal.objects.get().photo_file
    assert not SiteImage.objects.filter(description="Das Team").exists()


def test_one_proposal_waits_for_each_organisation(page):
    propose(page, {"summary": "Neu."})
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(organisation=page)
    proposals.decide(proposals.waiting(page), [])
    propose(page, {"summary": "Neuer."})
    assert Proposal.objects.count() == 2


def test_a_draft_of_the_coordinator_stays_a_draft(page, world, client):
    draft = fresh(page)
    draft.summary = "Entwurf der Koordination"
    draft.save_revision(user=world.coordinator)
    proposals.decide(propose(page, {"website": "https://neu.example/"}), ["website"], world.coordinator)
    now = fresh(page)
    assert now.website == "https://neu.example/"
    assert now.summary != "Entwurf der Koordination"
    assert now.get_latest_revision_as_object().summary == "Entwurf der Koordination"
    assert now.get_latest_revision_as_object().website == "https://neu.example/"


def test_without_a_mailbox_nobody_is_told(page, world):
    note(page, email="")
    proposals.decide(propose(page, {"summary": "Neu."}), ["summary"], world.coordinator)
    assert fresh(page).summary == "Neu."


def test_old_decisions_are_forgotten(page):
    proposals.decide(propose(page, {"summary": "Neu."}), [])
    propose(page, {"summary": "Neuer."})
    assert proposals.forget_old() == 0
    Proposal.objects.exclude(decided_at=None).update(decided_at=timezone.now() - proposals.KEPT_FOR)
    assert proposals.forget_old() == 1
    assert proposals.waiting(page)
