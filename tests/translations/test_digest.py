"""Mails to translators: once a week, urgent ones at once, in the person's own language, and never without a reason."""

from datetime import date, timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment

from translations import assigning, comments
from translations.inbox import mails
from translations.models import DigestSettings

MONDAY = date(2026, 11, 23)


def sent():
    """By address: (subject, plain text, HTML)."""
    letters = {}
    for message in mail.outbox:
        html, _kind = message.alternatives[0]
        letters.setdefault(message.to[0], []).append((message.subject, message.body, html))
    return letters


def language(user, code):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = code
    profile.save()


def give(desk, person="translator_ar", by="admin", **extra):
    assigning.assign([desk.cell("drei-wege")], person=person and desk.user[person], by=desk.user[by], **extra)


def test_once_a_person_and_week_however_often_the_command_runs(desk):
    give(desk, due=MONDAY - timedelta(days=3), note="Bitte <bald>")
    for day in (0, 0, 1, 6):
        mails.send_digests(MONDAY + timedelta(days=day))
    ((_subject, text, html),) = sent()["translator_ar@example.org"]
    assert "Drei Wege" in text
    assert "Bitte <bald>" in text
    assert "Bitte &lt;bald&gt;" in html
    assert "http://testserver/admin/pages/" in text
    assert 'href="http://testserver/admin/pages/' in html
    mails.send_digests(MONDAY + timedelta(days=7))
    assert len(sent()["translator_ar@example.org"]) == 2


def test_no_mail_when_there_is_nothing(desk):
    mails.send_digests(MONDAY)
    assert {"translator_tr@example.org", "project_editor@example.org", "editor@example.org"}.isdisjoint(sent())


def test_each_in_their_own_language(desk):
    language(desk.user["translator_ar"], "ar")
    give(desk)
    mails.send_digests(MONDAY)
    ((_subject, _text, html),) = sent()["translator_ar@example.org"]
    assert '<html lang="ar" dir="rtl">' in html
    ((_subject, _text, html),) = sent()["lead_ar@example.org"]
    assert '<html lang="de" dir="ltr">' in html


def test_people_switch_the_weekly_mail_off_in_their_account(desk):
    account = reverse("wagtailadmin_account")
    form = desk.people["translator_ar"].get(account).content.decode()
    assert 'name="translation_digest-wants_digest"' in form
    data = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "translator_ar@example.org",
        "locale-preferred_language": "",
        "locale-current_time_zone": "Europe/Berlin",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert desk.people["translator_ar"].post(account, data).status_code == 302
    assert not DigestSettings.objects.get(user=desk.user["translator_ar"]).wants_digest
    give(desk)
    mails.send_digests(MONDAY)
    assert "translator_ar@example.org" not in sent()
    give(desk, urgent=True)
    assert len(sent()["translator_ar@example.org"]) == 1


def test_nothing_ever_goes_to_people_who_left(desk):
    give(desk)
    user = desk.user["translator_ar"]
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    mails.send_digests(MONDAY)
    assert "translator_ar@example.org" not in sent()
    give(desk, person=None, urgent=True)
    assert "translator_ar@example.org" not in sent()


def test_urgent_ones_go_at_once_to_the_person_or_to_everybody_in_the_language(desk):
    give(desk, urgent=True, by="lead_ar")
    assert sent().keys() == {"translator_ar@example.org"}
    mail.outbox.clear()
    give(desk, person=None, urgent=True, by="lead_ar")
    assert sent().keys() == {"translator_ar@example.org"}  # whoever asked knows
    mail.outbox.clear()
    give(desk, person=None, by="editor")
    give(desk, person=None, urgent=True, by="editor")
    assert sent().keys() == {"translator_ar@example.org", "lead_ar@example.org"}


def test_many_urgent_texts_are_one_mail(desk):
    cells = [desk.cell(slug) for slug in ("drei-wege", "verband", "ueber-uns")]
    assigning.assign(cells, person=desk.user["translator_ar"], urgent=True, by=desk.user["admin"])
    ((_subject, text, _html),) = sent()["translator_ar@example.org"]
    assert text.count("http://testserver/") == 3


def test_what_is_urgent_already_is_not_told_again(desk):
    cells = [desk.cell(slug) for slug in ("drei-wege", "verband", "ueber-uns")]
    give(desk, urgent=True)
    mail.outbox.clear()
    give(desk, urgent=True, note="Bitte.")
    assigning.set_due(cells[:1], MONDAY, urgent=True, by=desk.user["admin"])
    assert sent() == {}
    assigning.assign(cells[:2], person=desk.user["translator_ar"], by=desk.user["admin"])
    give(desk, urgent=True)
    mail.outbox.clear()
    assigning.set_due(cells, MONDAY, urgent=True, by=desk.user["admin"])
    letters = sent()
    assert {address: len(found) for address, found in letters.items()} == {
        "translator_ar@example.org": 1,
        "lead_ar@example.org": 1,
    }
    ((_subject, text, _html),) = letters["translator_ar@example.org"]
    assert "Drei Wege" not in text
    assert "Verband" in text
    assert "Über uns" in text


def test_line_breaks_in_a_note_add_no_header(desk):
    give(desk, urgent=True, note="x\r\nBcc: everybody@example.org\r\n\r\nspam")
    (message,) = mail.outbox
    assert message.recipients() == ["translator_ar@example.org"]
    assert "Bcc" not in message.message()


def test_comments_and_what_came_back_are_in_the_editors_mail(desk):
    give(desk, by="editor")
    assigning.give_back(
        assigning.assignments([desk.cell("drei-wege")])[desk.cell("drei-wege")], desk.user["translator_ar"], "Krank"
    )
    segment = StringSegment.objects.filter(source=desk.source).first()
    comments.add(
        desk.translation, segment.context_id, segment.string_id, "Wer ist gemeint?", desk.user["translator_ar"]
    )
    mails.send_digests(MONDAY)
    ((_subject, text, html),) = sent()["editor@example.org"]
    for written in (text, html):
        assert "Wer ist gemeint?" in written
        assert "Drei Wege" in written
        assert "Krank" in written


def test_one_mail_that_fails_keeps_nobody_elses_back(desk, monkeypatch):
    give(desk)
    first, second = sorted((desk.user["lead_ar"], desk.user["translator_ar"]), key=lambda user: user.pk)
    send = mails._send

    def fail(name, user, *args):
        if user == first:
            raise ValueError(name)
        send(name, user, *args)

    monkeypatch.setattr(mails, "_send", fail)
    mails.send_digests(MONDAY)
    assert first.email not in sent()
    assert second.email in sent()
    monkeypatch.undo()
    assert mails.send_digests(MONDAY) == 1
    assert first.email in sent()


def test_the_command_says_what_it_did(desk):
    give(desk)
    out = StringIO()
    call_command("mail_translators", stdout=out)
    assert " people were told" in out.getvalue()
    call_command("mail_translators", stdout=out)
    assert out.getvalue().endswith("0 people were told what waits for them.\n")
