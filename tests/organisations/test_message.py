"""Writing to an organisation: one mail to its mailbox, no address told, nothing kept."""

import email
import email.policy
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from wagtail.models import PageViewRestriction

from core.models import Contact, DoneOnce, OutboxMail
from core.throttling import Limit
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from organisations.views import message as views
from tests.site.world import make, note

MAILBOX = "geheim@verein.example"
TYPED = {"name": "Nguyễn Thị", "email": "thi@example.org", "message": "Guten Tag,\r\nwann ist Beratung?"}


@pytest.fixture(autouse=True)
def mails_stay(settings):
    """Rows of the outbox are looked at before they leave."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    settings.MAILERS = settings.MAILERS | {"default": {"BACKEND": "core.outbox.OutboxBackend"}}


@pytest.fixture
def network(site):
    directory = DirectoryPage.objects.child_of(site).get()
    return make(NetworkPage, directory, "bochum", "Verbund Bochum", email="verbund@netz.example")


@pytest.fixture
def organisation(network):
    return make(
        OrganisationPage, network, "verein", "Verein", record={"email": MAILBOX, "place": "Bochum", "phone": "0234 5"}
    )


def address(page, language="de"):
    return f"/{language}/nachricht/{page.entry.key}/"


def post(client, page, language="de", **changed):
    return client.post(address(page, language), TYPED | changed)


def mails():
    stored = [bytes(mail.message) for mail in OutboxMail.objects.order_by("pk")]
    return [email.message_from_bytes(message, policy=email.policy.default) for message in stored]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_form_can_be_held_by_any_cache_and_tells_no_address(organisation, client, language):
    answer = client.get(address(organisation, language))
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert "csrf" not in answer.text
    assert "example" not in answer.text.replace("info@example.org", "")
    assert "0234 5" in answer.text


def test_a_message_becomes_one_mail_to_the_mailbox(organisation, client):
    answer = post(client, organisation)
    assert (answer.status_code, answer["Location"]) == (302, f"{address(organisation)}gesendet/")
    assert "no-store" in answer["Cache-Control"]
    (mail,) = mails()
    assert mail["To"] == MAILBOX
    assert mail["Reply-To"] == "thi@example.org"
    assert "noreply@localhost" in mail["From"]
    assert mail["Cc"] is mail["Bcc"] is None
    assert OutboxMail.objects.get().recipients == [MAILBOX]
    text = mail.get_content()
    assert mail.get_content_type() == "text/plain"
    assert "Nguyễn Thị" in text
    assert "> Guten Tag,\r\n> wann ist Beratung?" in text
    sent = client.get(answer["Location"])
    assert sent.status_code == 200
    assert sent["Cache-Control"].startswith("public")
    assert MAILBOX not in sent.text


def test_nothing_of_the_message_is_kept_but_the_mail(organisation, client):
    post(client, organisation, message="einmaligeswort")
    OutboxMail.objects.all().delete()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "einmaligeswort" not in repr(cursor.fetchall()), table


def test_double_clicks_and_reloads_send_one_mail_and_show_the_same(organisation, client):
    answers = {(answer.status_code, answer["Location"]) for answer in (post(client, organisation) for _ in range(20))}
    assert len(answers) == 1
    assert len(mails()) == 1
    assert DoneOnce.objects.count() == 1
    post(client, organisation, message="Noch etwas")
    assert len(mails()) == 2


@pytest.fixture
def committed_site(site_snapshot, migrated, django_db_blocker):
    """Real commits, which posts from several connections can see."""
    with django_db_blocker.unblock():
        site_snapshot.restore()
        yield DirectoryPage.objects.get(locale__language_code="de")
        migrated.snapshot.restore()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the one connection to a database in memory")
def test_twenty_posts_at_once_send_one_mail(committed_site):
    page = make(OrganisationPage, committed_site, "verein", "Verein", record={"email": MAILBOX})

    def send(_number):
        try:
            return post(Client(), page).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert [*pool.map(send, range(20))] == [302] * 20
    assert len(mails()) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "\u202e\u2066"},
        {"name": "Thi\r\nBcc: victim@example.org"},
        {"name": "Thi\nx"},
        {"name": "http://spam.example"},
        {"name": "a" + "\u0301" * 300},
        {"name": "x" * 121},
        {"email": ""},
        {"email": "kein"},
        {"email": "a@example.org\r\nBcc: victim@example.org"},
        {"email": "a@example.org,victim@example.org"},
        {"email": "x" * 300 + "@example.org"},
        {"email": '"\x0b"@example.org'},
        {"message": ""},
        {"message": "x" * 3001},
        {"message": "a" + "\u0301" * 300},
        {"message": "https://a.example https://b.example http://c.example www.d.example"},
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason_and_kept(organisation, client, changed):
    answer = post(client, organisation, **changed)
    assert answer.status_code == 422
    assert mails() == []
    (field,) = changed
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert f'href="#id_{field}"' in answer.text
    assert f'id="id_{field}_error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f"id_{field}_error" in form[field].aria_describedby
    assert all(form[name].value() == text for name, text in (TYPED | changed).items())


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị", "Nguye\u0302\u0303n Thi\u0323", "عائشة", "عَائِشَة", "李", "Ł", "กิ่งกาญจน์", "O’Neill", "क्षेत्री", "שָׁלוֹם"],
)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_names_of_every_script_are_accepted(organisation, client, name, language):
    assert post(client, organisation, language, name=name).status_code == 302
    assert name in mails()[0].get_content()


def test_what_turns_the_direction_of_a_text_is_left_out(organisation, client):
    post(client, organisation, name="Thi\u202egro", message="eins\u2066zwei\u202e")
    text = mails()[0].get_content()
    assert "Thigro" in text
    assert "> einszwei" in text
    assert not {"\u202e", "\u2066"} & {*text}


def test_addresses_in_a_message_are_no_links(organisation, client):
    post(client, organisation, message="Siehe https://a.example/x und WWW.b.example")
    text = mails()[0].get_content()
    assert "https:// a.example/x" in text
    assert "WWW. b.example" in text


def test_three_thousand_characters_count_line_breaks_once(organisation, client):
    assert post(client, organisation, message="ab\r\n" * 999 + "xyz").status_code == 302


def test_the_mail_is_in_the_language_of_the_organisation(organisation, client):
    note(organisation, language="ar")
    post(client, organisation, "de")
    note(organisation, language="de")
    post(client, organisation, "ar", message="Zweite")
    arabic, german = mails()
    assert "Verein" in arabic.get_content()
    assert arabic["From"] == german["From"]


@pytest.mark.parametrize("has_contact", [True, False])
def test_without_a_mailbox_the_network_gets_the_mail(network, organisation, client, has_contact):
    note(organisation, email="")
    if has_contact:
        network.contact = Contact.objects.create(name="Büro", email="buero@netz.example")
        network.save()
    assert post(client, organisation).status_code == 302
    (mail,) = mails()
    assert mail["To"] == ("buero@netz.example" if has_contact else "verbund@netz.example")
    assert "netz.example" not in client.get(address(organisation)).text


def test_where_nobody_can_be_written_to_the_page_says_so_and_offers_the_phone(network, organisation, client):
    note(organisation, email="")
    network.email = ""
    network.save()
    answer = client.get(address(organisation))
    assert answer.status_code == 200
    assert "0234 5" in answer.text
    assert "<form class=" not in answer.text
    refused = post(client, organisation)
    assert refused.status_code == 409
    assert "wann ist Beratung?" in refused.text
    assert mails() == []


def test_a_program_that_fills_in_everything_is_told_that_all_is_well(organisation, client):
    assert post(client, organisation, fax_number="1").status_code == 302
    assert mails() == []


def test_posts_from_other_sites_are_refused(organisation, client):
    answer = client.post(address(organisation), TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert mails() == []


@pytest.mark.parametrize("limit", ["PER_NETWORK_ADDRESS", "PER_ORGANISATION"])
def test_floods_end_and_what_was_typed_stays(organisation, client, monkeypatch, limit):
    monkeypatch.setattr(views, limit, Limit(f"test-{limit}", 2, 60))
    statuses = [post(client, organisation, message=f"Nummer {number}").status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    answer = post(client, organisation, message="Noch eine")
    assert answer.status_code == 429
    assert "Noch eine" in answer.text
    assert len(mails()) == 2
    # What was sent already is no new message; what was refused may be sent later.
    assert post(client, organisation, message="Nummer 0").status_code == 302
    monkeypatch.setattr(views, limit, Limit("test-afterwards", 2, 60))
    assert post(client, organisation, message="Noch eine").status_code == 302
    assert len(mails()) == 3


@pytest.mark.parametrize("state", ["draft", "locked", "below a lock", "closed", "deleted"])
def test_what_is_hidden_cannot_be_written_to(network, organisation, client, state):
    url = address(organisation)
    if state == "draft":
        organisation.live = False
        organisation.save()
    elif state == "closed":
        organisation.status = "closed"
        organisation.save()
    elif state == "deleted":
        organisation.delete()
    else:
        page = network if state == "below a lock" else organisation
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(url).status_code == 404
    assert client.get(f"{url}gesendet/").status_code == 404
    assert client.post(url, TYPED).status_code == 404
    assert mails() == []


@pytest.mark.parametrize("key", ["1", "00000000-0000-0000-0000-000000000000", "x" * 300, "%00", "٣"])
def test_unknown_keys_are_not_found(site, client, key):
    assert client.get(f"/de/nachricht/{key}/").status_code == 404


@pytest.mark.parametrize("value", ["\x00", "\ud800x", "😀" * 10, "'\"<script>", "%s{{ 7*7 }}"])
@pytest.mark.parametrize("field", ["name", "email", "message"])
def test_odd_bytes_never_break_the_form(organisation, client, field, value):
    data = TYPED | {field: value.encode("utf-8", "surrogatepass")}
    assert client.post(address(organisation), data).status_code in (302, 422)


def test_an_address_with_an_international_domain_can_be_answered(organisation, client):
    assert post(client, organisation, email="thi@bücher.example").status_code == 302
    assert len(mails()) == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_reading_and_posting(organisation, client, method):
    assert getattr(client, method)(address(organisation)).status_code == 405
