"""The change form: what differs becomes one proposal, nothing goes live by itself, nothing that was typed is lost."""

from copy import deepcopy
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.models import SiteImage
from organisations.languages import SPOKEN
from organisations.models import ProfileLink, Proposal, Service
from organisations.upkeep import description, links, proposals
from tests.core.pictures import SECRET, with_secrets
from tests.organisations.mailbox import everything_about, fresh, mails_to, set_up
from tests.site.world import note


@pytest.fixture(scope="module")
def built(lasting_site):
    world = set_up(lasting_site)
    page = world.page
    page.opening_hours.create(weekday=1, opens="09:00", closes="12:00")
    page.spoken_languages.create(language="ar", mode="on-site")
    page.services.add(Service.objects.create(name="Sprachkurse", key="sprachkurse", locale=page.locale))
    Service.objects.create(name="Beratung", key="beratung", locale=page.locale)
    page.save()
    world.page = fresh(page)
    return world


@pytest.fixture
def world(built, db):
    return deepcopy(built)


@pytest.fixture
def page(world):
    return world.page


def path_to(page, language="de"):
    _link, token = links.make(page, ProfileLink.REQUESTED)
    return links.address(page, token, language).removeprefix("http://testserver") + "aendern/"


def filled(client, path):
    """What a browser would send of the form as it is shown."""
    answer = client.get(path)
    assert answer.status_code == 200
    data = {}
    context = answer.context
    forms = [context["form"], *(f for rows in (context["hours"], context["languages"]) for f in rows)]
    forms += [context["hours"].management_form, context["languages"].management_form]
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.widget_type == "checkbox":
                data |= {bound.html_name: "on"} if value else {}
            elif bound.widget_type in ("file", "clearablefile"):
                pass
            elif value is not None:
                data[bound.html_name] = value
    return data


def send(client, path, **changes):
    data = filled(client, path) | changes
    return client.post(path, {name: value for name, value in data.items() if value is not None}, follow=True)


def test_a_form_sent_as_it_came_says_that_nothing_changed(page, client):
    answer = send(client, path_to(page))
    assert answer.status_code == 422
    assert not Proposal.objects.exists()
    assert ProfileLink.objects.get().used_at is None


def test_only_what_differs_is_proposed_and_nothing_goes_live(page, world, client):
    before = everything_about(page)
    answer = send(
        client,
        path_to(page),
        **{
            "phone": " +49 234  333333 ",
            "consent": "on",
            "hours-1-weekday": "3",
            "hours-1-opens": "14:00",
            "hours-1-closes": "18:30",
        },
    )
    assert answer.status_code == 200
    proposal = Proposal.objects.get()
    assert {*proposal.values} == {"phone", "opening_hours", "consent"}
    assert proposal.values["phone"] == "+49 234 333333"
    assert [row["weekday"] for row in proposal.values["opening_hours"]] == [1, 3]
    assert everything_about(page)[:4] == before[:4]
    assert len(mails_to(world.coordinator.email)) == 1
    assert "333333" not in client.get("/de/organisationen/bochum/eins/").text


def test_all_kinds_of_fields(page, client):
    send(
        client,
        path_to(page),
        **{
            "street": "Neuweg 1",
            "postal_code": "45127",
            "place": "Essen",
            "precision": "town",
            "shows_phone": None,
            "email": "neu@verein.example",
            "website": "neu.example",
            "services": ["beratung"],
            "step_free": "yes",
            "accessibility_note": "Klingeln",
            "summary": "Neue Sätze.",
            "description": "Eins.\r\n\r\n- zwei\r\n- drei",
            "languages-0-mode": "phone",
            "message": "Gruß",
        },
    )
    proposal = Proposal.objects.get()
    values = proposal.values
    assert values.pop("description") == "Eins.\n\n- zwei\n- drei"
    assert values.pop("spoken_languages") == [{"language": "ar", "mode": "phone", "note": ""}]
    assert values == {
        "street": "Neuweg 1",
        "postal_code": "45127",
        "place": "Essen",
        "precision": "town",
        "shows_phone": False,
        "email": "neu@verein.example",
        "website": "https://neu.example",
        "services": ["beratung"],
        "step_free": "yes",
        "accessibility_note": "Klingeln",
        "summary": "Neue Sätze.",
    }
    assert proposal.message == "Gruß"


def test_emptied_rows_are_deleted(page, client):
    send(client, path_to(page), **{"hours-0-weekday": "", "hours-0-opens": "", "hours-0-closes": ""})
    assert Proposal.objects.get().values == {"opening_hours": []}


def test_a_second_proposal_replaces_the_first_and_starts_from_it(page, client):
    send(client, path_to(page), phone="+49 1", consent="on")
    first = Proposal.objects.get()
    path = path_to(page)
    assert filled(client, path)["phone"] == "+49 1"
    send(client, path, summary="Neu.", consent="on")
    second = Proposal.objects.get()
    assert second.pk != first.pk
    assert {*second.values} == {"phone", "summary", "consent"}
    with pytest.raises(proposals.AlreadyDecidedError):
        proposals.decide(first, ["phone"])


def test_the_name_cannot_be_changed(page, client):
    send(client, path_to(page), title="Anders", slug="anders", status="closed", member_number="1", message="Hallo")
    assert Proposal.objects.get().values == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "+49 9"},
        {"street": "Anderswo 1"},
        {"open_data": "on"},
    ],
)
def test_what_becomes_public_needs_a_consent(page, client, changes):
    answer = send(client, path_to(page), **changes)
    assert answer.status_code == 422
    assert "consent" in answer.context["form"].errors
    answer = send(client, path_to(page), **changes, consent="on")
    assert answer.status_code == 200
    assert proposals.CONSENT in Proposal.objects.get().values


def test_what_becomes_private_needs_none(page, client):
    assert send(client, path_to(page), shows_phone=None, precision="form").status_code == 200


def test_personal_fields_are_off_by_default(page, client):
    note(page, shows_phone=False, precision="town", open_data=False)
    form = client.get(path_to(page)).context["form"]
    assert [form[name].value() for name in ("shows_phone", "open_data", "consent", "photo_consent")] == [
        False,
        False,
        None,
        None,
    ]


def test_errors_are_told_twice_and_typing_is_kept(page, client):
    answer = send(
        client,
        path_to(page),
        **{
            "email": "kein@",
            "postal_code": "0123",
            "website": "javascript:alert(1)",
            "summary": "x" * 301,
            "hours-0-closes": "08:00",
            "hours-1-opens": "10:00",
            "languages-1-language": "ar",
            "languages-1-mode": "on-site",
            "phone": "0234 <b>",
        },
    )
    assert answer.status_code == 422
    text = answer.text
    assert 'role="alert"' in text
    for field in ("email", "postal_code", "website", "summary"):
        assert f'href="#id_{field}"' in text
        assert f'id="id_{field}_error"' in text
        assert f"id_{field}_error" in text.split(f'name="{field}"')[1].split(">")[0]
    for field in ("hours-0-closes", "hours-1-weekday", "languages-1-language"):
        assert f'id="id_{field}_error"' in text, field
    for kept in ("kein@", "0123", "javascript:alert(1)", "x" * 301, "0234 &lt;b&gt;"):
        assert kept in text
    assert not Proposal.objects.exists()


def test_more_rows_keep_what_was_typed_and_call_nothing_wrong(page, client):
    path = path_to(page)
    rows = len(client.get(path).context["hours"].forms)
    answer = send(client, path, more="hours", email="kein@", **{"hours-1-note": "halb"})
    assert answer.status_code == 200
    assert len(answer.context["hours"].forms) > rows
    assert "kein@" in answer.text
    assert "halb" in answer.text
    assert 'role="alert"' not in answer.text
    assert "aria-invalid" not in answer.text
    answer = client.post(path, {"languages-TOTAL_FORMS": "38", "languages-INITIAL_FORMS": "1", "more": "languages"})
    assert len(answer.context["languages"].forms) == 40
    assert 'value="languages"' not in answer.text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("number", ["-1", "x", "", "99999999999999999999", "1000", "٣"])
def test_a_wrong_number_of_rows_is_no_server_error(page, client, number):
    path = path_to(page)
    data = filled(client, path)
    for name in ("hours-TOTAL_FORMS", "languages-INITIAL_FORMS"):
        for more in ("", "hours"):
            answer = client.post(path, data | {name: number, "more": more, "email": ""})
            assert answer.status_code in (200, 422)


@pytest.mark.parametrize("value", ["\x00", "\u202e" * 50, "a" * 10_000, "💧" * 500, "10" * 20, "'\"><script>"])
def test_any_text_in_any_field_is_no_server_error(page, client, value):
    path = path_to(page)
    data = filled(client, path)
    keys = {"hours-TOTAL_FORMS", "hours-INITIAL_FORMS", "languages-TOTAL_FORMS", "languages-INITIAL_FORMS"}
    for kept in (keys, {*data} - {"precision"}, {"precision", "email", *keys}):
        answer = client.post(path, {name: data[name] if name in kept else value for name in data})
        assert answer.status_code in (200, 302, 422)
        assert "<script>" not in answer.text.replace("<script type", "")


def test_invisible_signs_are_left_out(page, client):
    send(client, path_to(page), summary="Gut\u202elos\u2066", accessibility_note="Tür\nlinks")
    assert Proposal.objects.get().values == {"summary": "Gutlos", "accessibility_note": "Tür links"}


def test_formatted_texts_are_not_offered_as_plain_text(page, client):
    page.body = [("text", '<p>Mit <a href="https://example.org">Link</a></p>')]
    page.save_revision(clean=False).publish()
    answer = client.get(path_to(page))
    assert "description" not in answer.context["form"].fields
    assert 'name="description"' not in answer.text
    send(client, path_to(page), description="Weg damit", message="Bitte ändern")
    assert Proposal.objects.get().values == {}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Eins.</p><p>Zwei &amp; drei.</p>", "Eins.\n\nZwei & drei."),
        ("<p>Eins<br/>zwei</p>", "Eins\nzwei"),
        ("<p>Eins</p><ul><li>zwei</li><li>drei</li></ul>", "Eins\n\n- zwei\n- drei"),
        ("<p>&lt;b&gt;</p>", "<b>"),
    ],
)
def test_text_survives_there_and_back(page, html, text):
    page.body = [("text", html)]
    assert description.from_body(page.body) == text
    assert description.to_body(text) == [("text", html)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Eins</p>\n <p> Zwei\ndrei </p>", "Eins\n\nZwei drei"),
        ("<p></p><p>Eins</p><p> </p>", "Eins"),
        ("", ""),
    ],
)
def test_spaces_between_paragraphs_are_no_text(page, html, text):
    page.body = [("text", html)]
    assert description.from_body(page.body) == text


@pytest.mark.parametrize("html", ["<p><b>fett</b></p>", "<h2>Titel</h2>", "<ol><li>1</li></ol>"])
def test_what_plain_text_cannot_say_is_not_plain(page, html):
    page.body = [("text", html)]
    assert description.from_body(page.body) is None


def photo(name="foto.jpg", content=None):
    return SimpleUploadedFile(name, content or with_secrets("jpg"), content_type="image/jpeg")


def test_a_photo_waits_without_an_address_and_without_metadata(page, client):
    before = SiteImage.objects.count()
    answer = send(client, path_to(page), photo=photo(), photo_alt="Das Team", photo_consent="on")
    assert answer.status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.values, proposal.photo) == ({"photo": "Das Team"}, None)
    assert proposal.photo_consent
    assert SiteImage.objects.count() == before
    assert SECRET not in bytes(proposal.photo_file)
    with Image.open(BytesIO(bytes(proposal.photo_file))) as image:
        assert (image.format, image.size) == ("WEBP", (40, 20))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_limits_of_a_photo_are_told_in_the_readers_language(page, client, language):
    answer = client.post(path_to(page, language), filled(client, path_to(page)) | {"photo": photo("foto.tiff")})
    assert "Dateiformat" not in client.get(path_to(page, language)).text
    (error,) = answer.context["form"].errors["photo"]
    assert "Dateiformat" not in error


def test_a_photo_needs_a_text_and_a_consent(page, client):
    answer = send(client, path_to(page), photo=photo(), message="x")
    assert {*answer.context["form"].errors} == {"photo_alt", "photo_consent"}
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("content", [b"", b"kein Bild", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" * 9])
def test_what_is_no_photo_is_refused_in_the_form(page, client, content):
    answer = send(client, path_to(page), photo=photo(content=content or b" "), photo_alt="x", photo_consent="on")
    assert answer.status_code == 422
    assert "photo" in answer.context["form"].errors


def test_the_photo_of_the_proposal_before_is_kept_or_dropped(page, client):
    send(client, path_to(page), photo=photo(), photo_alt="Das Team", photo_consent="on")
    send(client, path_to(page), summary="Neu.")
    kept = Proposal.objects.get()
    assert kept.values == {"photo": "Das Team", "summary": "Neu."}
    assert kept.photo_file
    assert kept.photo_consent
    send(client, path_to(page), drops_photo="on", summary="Neuer.")
    assert Proposal.objects.get().values == {"summary": "Neuer."}
    assert not Proposal.objects.get().photo_file


def test_all_languages_can_be_chosen(page, client):
    data = {}
    for number, code in enumerate(SPOKEN[:38]):
        data |= {f"languages-{number}-language": code, f"languages-{number}-mode": "on-site"}
    send(client, path_to(page), **data, **{"languages-TOTAL_FORMS": "40"})
    assert len(Proposal.objects.get().values["spoken_languages"]) == 38
