"""PO files down and up: whole, and with everything that can be wrong with them."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.translations.work import said, submit, target, translation


@pytest.fixture
def work(site, people):
    page, arabic = site.pages["ueber-uns"], site.locales["ar"]
    submit(people["editor"], page, arabic)
    return translation(page, arabic)


def download(client, work):
    response = client.get(reverse("wagtail_localize:download_pofile", args=[work.pk]))
    return polib.pofile(response.content.decode())


def upload(client, work, content=None, name="text.po"):
    files = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    response = client.post(reverse("wagtail_localize:upload_pofile", args=[work.pk]), files)
    assert response.status_code == 302
    return said(response)


def filled(client, work, **metadata):
    po = download(client, work)
    for entry in po:
        entry.msgstr = "نص"
    po.metadata |= metadata
    return po


def test_round_trip(work, people):
    po = filled(people["translator_ar"], work)
    messages = upload(people["translator_ar"], work, str(po).encode())
    total, done = work.get_progress()
    assert total == done == len(po)
    assert any(str(len(po)) in text for text in messages)


def test_texts_marked_as_unsure_stay_out(work, people):
    po = filled(people["translator_ar"], work)
    po[0].flags.append("fuzzy")
    messages = upload(people["translator_ar"], work, str(po).encode())
    total, done = work.get_progress()
    assert total - done == 1
    assert len(messages) == 2


def test_texts_that_left_the_page_are_reported(work, people):
    po = filled(people["translator_ar"], work)
    po.append(polib.POEntry(msgid="Fremd", msgstr="غريب", msgctxt="title"))
    assert len(upload(people["translator_ar"], work, str(po).encode())) == 2


WRONG = {
    "nothing": None,
    "empty": b"",
    "no header": b'msgid "a"\nmsgstr "b"\n',
    "not PO": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "prose": "Guten Tag,\nanbei die Übersetzung.".encode(),
    "half an entry": b'msgid "a\nmsgstr',
    "Latin-1": 'msgid "Über"\nmsgstr "x"\n'.encode("latin-1"),
    "UTF-16": 'msgid "Über"\nmsgstr "x"\n'.encode("utf-16"),
    "NUL": b'msgid "a"\nmsgstr "\0"\n',
    "name of a file": b"manage.py",
    "too large": b"#" * (10 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_get_a_sentence(name, work, people):
    messages = upload(people["translator_ar"], work, WRONG[name])
    assert len(messages) == 1
    assert work.get_progress()[1] == 0


def test_the_file_of_another_page_is_refused(work, people, site):
    other = site.pages["verband"]
    submit(people["editor"], other, site.locales["ar"])
    po = filled(people["translator_ar"], translation(other, site.locales["ar"]))
    assert len(upload(people["translator_ar"], work, str(po).encode())) == 1
    assert work.get_progress()[1] == 0


def test_a_title_that_is_too_long_takes_over_nothing_or_is_marked(work, people):
    po = filled(people["translator_ar"], work)
    for entry in po:
        entry.msgstr = "ن" * 300
    upload(people["translator_ar"], work, str(po).encode())
    assert target(work.source.get_source_instance(), work.target_locale).title == "Über uns"


def test_other_roles_send_nothing(work, people):
    po = filled(people["translator_ar"], work)
    upload(people["translator_tr"], work, str(po).encode())
    assert work.get_progress()[1] == 0


def test_no_get(work, people):
    assert people["translator_ar"].get(reverse("wagtail_localize:upload_pofile", args=[work.pk])).status_code == 405
