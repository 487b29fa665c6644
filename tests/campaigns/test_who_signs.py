"""Names, addresses and postal codes as people have them, and what some type in their place."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import KeptOut, MailSent, SignUp, SignUpLink
from tests.campaigns import signers
from tests.campaigns.signers import link, press, sign
from tests.core.mail_servers import willing


@pytest.fixture
def page(site):
    return signers.campaign(site)


NAMES = {
    "Vietnamese": "Nguyễn Thị",
    "decomposed": "Nguye\u0302\u0303n Thi\u0323",
    "Arabic": "عائشة",
    "Persian, with a joiner": "می\u200cنا",
    "Tamil": "ஸ்ரீனிவாசன்",
    "Chinese": "李小龍",
    "Hebrew with points": "שָׁלוֹם",
    "one letter": "X",
    "an apostrophe": "O'Brien-Müller",
    "abbreviated": "J. R. Özdemir",
    "120 letters": "ß" * 120,
    "outside of the first plane": "𐐀𐐁",
}


def is_refused(answer, field, kept) -> bool:
    """The field is named as wrong, the other one still holds what was typed, and nobody is written to."""
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.text
    assert kept in answer.text
    return (SignUp.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize("kind", NAMES)
def test_names_of_every_script_are_taken_as_they_are(client, page, kind):
    assert sign(client, page, name=NAMES[kind], shows_name="on").status_code == 302
    row = SignUp.objects.get()
    assert row.name == NAMES[kind]
    assert not row.is_held_back
    press(client, link(), "confirm")
    assert row.public_name in client.get(f"/de/kampagnen/{page.slug}/").text.replace("&#x27;", "'")


def test_what_turns_the_direction_is_left_out(client, page):
    sign(client, page, name="\u202eabc\u2066")
    assert SignUp.objects.get().name == "abc"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u200b",
        "\ufeff\u200b \u2060",
        "\u202e\u2066",
        "\u0301",
        "a" + "\u0301" * 300,
        "x" * 121,
        "a\nb",
        "a\rb",
        "A\r\nBcc: b@example.org",
        "A\u2028B",
        "A\x85B",
        "\x00",
    ],
)
def test_what_is_no_name_is_refused_and_the_rest_kept(client, page, name):
    assert is_refused(sign(client, page, name=name), "name", kept="thi@example.org")


@pytest.mark.parametrize(
    "name",
    [
        "t.me/hetze",
        "bit.ly/x1",
        "spam.example",
        "HTTPS://SPAM",
        "www.spam",
        "пример.рф",
        "例え.テスト",
        "spam。shop",
        "kauf@spam.shop",
        "https://1.2.3.4",
        "Ali\u202e spam.shop",
    ],
)
def test_a_web_address_in_a_name_shows_only_when_somebody_has_looked(client, page, name):
    sign(client, page, name=name, shows_name="on")
    press(client, link(), "confirm")
    assert not SignUp.objects.to_show().exists()
    assert [row.name for row in SignUp.objects.to_moderate()] == [name.replace("\u202e", "")]
    assert "data-personal" not in client.get(f"/de/kampagnen/{page.slug}/").text
    assert name[:4] not in client.get(f"/de/kampagnen/{page.slug}/").text.split("<aside")[1].split("</aside>")[0]


ADDRESSES = {
    "thi+verein@example.org": "thi+verein@example.org",
    "o'brien_thi.n@mail.example.co.uk": "o'brien_thi.n@mail.example.co.uk",
    " THI@Example.ORG ": "thi@example.org",
    "thi@müller.example": "thi@xn--mller-kva.example",
    "thi@XN--mller-kva.example": "thi@xn--mller-kva.example",
    "thi@пример.рф": "thi@xn--e1afmkfd.xn--p1ai",
    '"a,b@c"@example.org': '"a,b@c"@example.org',
}


@pytest.mark.parametrize("typed", ADDRESSES)
@pytest.mark.django_db(transaction=True)
def test_addresses_of_every_kind_get_their_mail(client, page, settings, typed):
    with willing() as (port, received):
        smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
        smtp["OPTIONS"] = {"host": "127.0.0.1", "port": port, "timeout": 2}
        settings.MAILERS = {"default": {"BACKEND": "core.outbox.OutboxBackend"}, "transport": smtp}
        assert sign(client, page, email=typed).status_code == 302
    arrived = [address for envelope in received for address in envelope.rcpt_tos]
    assert [address.casefold() for address in arrived] == [ADDRESSES[typed]]
    assert SignUp.objects.get().email_key == ADDRESSES[typed]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "thi",
        "thi@",
        "@example.org",
        "thi@example",
        "thi@@example.org",
        "thi@exam ple.org",
        "thi@example..org",
        "a@example.org,b@example.org",
        "a@example.org;b@example.org",
        "Thi <thi@example.org>",
        "thi@example.org>",
        "thi@example.org\r\nBcc: b@example.org",
        "thi\r\n@example.org",
        "thi@example.org\nb@example.org",
        "thi%0d%0a",
        "müller@example.org",
        "thi@[127.0.0.1]\r\n.org",
        "a" * 300 + "@example.org",
        f"a@{'ü.' * 120}de",
        "thi@\u202egro.elpmaxe",
        "thi@exa\u0000mple",
        '"a\r\nBcc: b@example.org"@example.org',
        "javascript:alert(1)@x",
        '"a b"@example.org',
    ],
)
def test_what_is_no_address_is_refused_and_the_rest_kept(client, page, email):
    assert is_refused(sign(client, page, email=email), "email", kept="Nguyễn Thị")


@pytest.mark.parametrize("local", ['"\x01"', '"\\\t"', '"\x7f"', '"<b>"', '"\\""', "a" * 64, "a" * 65, "=?utf-8?q?x?="])
def test_an_address_that_only_few_mail_servers_know_fails_nowhere(client, page, local):
    assert sign(client, page, email=f"{local}@example.org").status_code in (302, 422)
    assert all("\n" not in message["To"] for message in (mail.message() for mail in mail.outbox))


@pytest.mark.parametrize("typed", ["44137", " 44137 ", "٤٤١٣٧", "۴۴۱۳۷", "४४१३७"])
def test_a_postal_code_is_kept_in_the_digits_that_are_counted(client, page, typed):
    assert sign(client, page, "de", postal_code=typed).status_code == 302
    assert SignUp.objects.get().postal_code == "44137"


@pytest.mark.parametrize("typed", ["4413", "441377", "44 137", "²²²²²", "①②③④⑤", "-4413", "4413\n7", "10" + "0" * 20])
def test_another_number_is_refused_and_kept(client, page, typed):
    answer = sign(client, page, postal_code=typed)
    assert answer.status_code == 422
    assert 'href="#id_postal_code"' in answer.text
    assert not SignUp.objects.exists()


def test_new_known_and_unwanted_addresses_cost_about_the_same(client, page):
    """Whoever counts milliseconds learns nothing about an address."""
    shown = signers.version(client, page)

    def queries(email):
        with CaptureQueriesContext(connection) as asked:
            assert sign(client, page, email=email, consent_version=shown).status_code == 302
        return len(asked)

    queries("erste@example.org")
    costs = {"new": queries("neu@example.org"), "asked before": queries("neu@example.org")}
    press(client, link(), "confirm")
    MailSent.objects.all().delete()
    costs["confirmed"] = queries("neu@example.org")
    press(client, link(), "take_back")
    costs["withdrawn"] = queries("neu@example.org")
    assert max(costs.values()) - min(costs.values()) <= 6, costs


def test_of_an_address_that_wants_no_mail_nothing_is_kept(client, page):
    sign(client, page)
    press(client, link(), "take_back")
    MailSent.objects.all().delete()
    sign(client, page)
    assert not SignUp.objects.exists()
    assert not SignUpLink.objects.exists()
    assert not MailSent.objects.exists()
    assert KeptOut.objects.count() == 1
    assert len(mail.outbox) == 1
