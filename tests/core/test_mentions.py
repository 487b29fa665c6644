"""An address is found wherever somebody wrote it, and no other one is taken for it."""

import json

import pytest

from core import personal_data
from core.mentions import mentions, names, naming
from core.models import Contact, User
from tests.campaigns import signers

ADDRESS = "jo@example.org"
TYPOGRAPHIC = "\u201ejo@example.org\u201c"


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "Bitte an JO@Example.org.",
        "mailto:jo@example.org?subject=x",
        "<jo@example.org>, andere",
        "Jo,jo@example.org;",
        json.dumps(["Gruß\njo@example.org\nJo"]),
        json.dumps({"body": json.dumps([f"Zeile\n{ADDRESS}"])}),
        json.dumps(TYPOGRAPHIC),
        json.dumps({"body": json.dumps(TYPOGRAPHIC)}),
    ],
)
def test_an_address_is_found_in_any_surroundings(text):
    assert names(text, ADDRESS)
    assert names(text, " JO@example.ORG ")


@pytest.mark.parametrize(
    "text",
    ["", "jo", "mojo@example.org", "m.jo@example.org", "jo+x@example.org", "jo@example.org.uk", "jo@example.organic"],
)
def test_another_address_is_not_taken_for_it(text):
    assert not names(text, ADDRESS)


@pytest.mark.parametrize("text", ["info@müller.de", "INFO@xn--mller-kva.de", json.dumps("info@müller.de")])
@pytest.mark.parametrize("address", ["info@müller.de", "info@xn--mller-kva.de"])
def test_both_spellings_of_a_domain_are_the_same(text, address):
    assert names(text, address)


@pytest.mark.parametrize("address", ["", "@", "jo", "jo@", "@example.org", "%@%", "_@_", "\\@\\", "(@["])
def test_what_is_no_address_names_nobody(db, address):
    Contact.objects.create(name="Jo", email=ADDRESS)
    assert [*mentions(address)] == []
    assert not naming(Contact, ["email"], address).exists()


def test_rows_are_found_in_every_table_text_and_json_alike(site):
    page = signers.campaign(site, summary=f"Fragen an {ADDRESS}.")
    page.save_revision()
    Contact.objects.create(name="Jo", email="JO@example.org")
    Contact.objects.create(name="Mojo", email="mojo@example.org")
    User.objects.create_user("jo", ADDRESS, "a long password")
    found = personal_data.elsewhere(ADDRESS)
    assert {label: len(keys) for label, keys in found.items()} == {
        "campaigns.CampaignPage": 1,
        "core.Contact": 1,
        "core.User": 1,
        "wagtailcore.Revision": 1,
    }
    assert found["campaigns.CampaignPage"] == [page.pk]
