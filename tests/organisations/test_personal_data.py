"""What the directory holds on an address is exported and erased whole, and that of nobody else."""

from copy import deepcopy

import pytest
from django.utils import timezone

from core import personal_data
from organisations.models import ImportRow, MemberImport, OfficeRecord, Proposal
from tests.organisations import mailbox
from tests.organisations.mailbox import organisation, record

ADDRESS = "jo@example.org"


@pytest.fixture(scope="module")
def built(lasting_site):
    return mailbox.set_up(lasting_site)


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def decided(world, **values) -> Proposal:
    return Proposal.objects.create(organisation=world.page, decided_at=timezone.now(), **values)


def line(number, **values) -> ImportRow:
    upload, _created = MemberImport.objects.get_or_create(file_name="liste.csv", content=b"")
    return ImportRow.objects.create(member_import=upload, number=number, outcome=ImportRow.CHANGED, **values)


def test_every_field_of_a_proposal_counts_and_none_hides_another(world):
    decided(world, values={"email": ADDRESS})
    decided(world, message=f"Schreibt an {ADDRESS}")
    decided(world, photo_consent=f"Jo, {ADDRESS}")
    decided(world, answer=f"Danke an {ADDRESS}")
    other = decided(world, values={"email": "mojo@example.org"}, message="an jo@example.org.uk")
    assert len(personal_data.export(ADDRESS)["organisations.Proposal"]) == 4
    assert personal_data.erase(ADDRESS) == {"organisations.Proposal": 4}
    assert [*Proposal.objects.all()] == [other]


def test_a_line_of_a_list_counts_by_the_mailbox_it_replaced_as_well(world):
    line(2, values={"email": ADDRESS})
    line(3, values={"email": "neu@example.org"}, changes={"email": [ADDRESS, "neu@example.org"]})
    line(4, errors={"email": f"„{ADDRESS}“ steht zweimal in der Liste."})
    other = line(5, values={"email": "mojo@example.org"})
    assert personal_data.erase(ADDRESS) == {"organisations.ImportRow": 3}
    assert [*ImportRow.objects.all()] == [other]


@pytest.mark.parametrize("kept", ["buero@müller.de", "Buero@xn--mller-kva.de"])
@pytest.mark.parametrize("asked", ["buero@müller.de", "BUERO@xn--mller-kva.de"])
def test_a_mailbox_is_found_in_either_spelling(world, kept, asked):
    page = organisation(world.network, "zwei", email=kept)
    other = organisation(world.network, "drei", email=f"x{kept}")
    assert personal_data.erase(asked) == {"organisations.OfficeRecord": 1}
    assert record(page).email == ""
    assert OfficeRecord.objects.get(organisation=other).email == f"x{kept}"
