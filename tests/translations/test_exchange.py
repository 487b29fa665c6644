"""Files down and up, PO and XLIFF: whole, unfinished, old, foreign, and with everything that can be wrong with them."""

import re
from datetime import timedelta

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.translations import small_site
from tests.translations.work import (
    change_source,
    localize,
    put,
    refused,
    said,
    segment_url,
    submit,
    target,
    translation,
)
from translations import drafts
from translations.exchange import files
from translations.models import DraftText, TextFile, TextFilePart

EXPORT, IMPORT = "/admin/translations/files/export/", "/admin/translations/files/import/"


@pytest.fixture(scope="module")
def submitted(small_snapshot, django_db_blocker):
    """About us can be translated into Arabic."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_snapshot.restore()
        site = small_site.site()
        submit(small_site.people()["editor"], site.pages["ueber-uns"], site.locales["ar"])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(submitted, db):
    return small_site.site()


@pytest.fixture
def work(site):
    return translation(site.pages["ueber-uns"], site.locales["ar"])


def download(client, work, file_format="po"):
    response = client.get(EXPORT, {"translation": work.pk, "format": file_format})
    assert response.status_code == 200
    return response.content.decode()


def upload(client, *contents, name="text.po", only=None):
    sent = [
        SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode()) for content in contents
    ]
    response = client.post(IMPORT, {"file": sent, **({"translation": only.pk} if only else {})})
    assert response.status_code in (302, 403, 422), response.content
    if response.status_code != 302 or refused(response):
        return response
    return client.get(response["Location"])


def rows(response):
    return {row["outcome"]: row for part in response.context["parts"] for row in part.rows}


def counts(response):
    return {name: count for part in response.context["parts"] for name, count in part.counts.items()}


def po_of(client, work, text="نص"):
    file = polib.pofile(download(client, work))
    for entry in file:
        entry.msgstr = text
    return file


def xliff_of(client, work, text="نص", state="translated"):
    content = download(client, work, "xliff")
    return re.sub(
        r'<segment state="\w+">\s*(<source>.*?</source>)(?:\s*<target>.*?</target>)?',
        rf'<segment state="{state}">\1<target>{text}</target>',
        content,
        flags=re.S,
    )


MAKERS = {"po": po_of, "xliff": xliff_of}


@pytest.mark.parametrize("file_format", MAKERS)
def test_round_trip(file_format, work, people):
    response = upload(people["translator_ar"], str(MAKERS[file_format](people["translator_ar"], work)))
    total, done = work.get_progress()
    assert total == done == counts(response)["taken"]
    text = StringTranslation.objects.first()
    assert (text.translation_type, text.last_translated_by) == ("manual", people["translator_ar"].user)
    assert text.tool_name
    again = upload(people["translator_ar"], download(people["translator_ar"], work, file_format))
    assert counts(again) == {"unchanged": total}


def test_the_tool_is_remembered_and_bounded(work, people):
    file = po_of(people["translator_ar"], work)
    file.metadata["X-Generator"] = "Poedit " + "4" * 300
    upload(people["translator_ar"], str(file))
    assert StringTranslation.objects.first().tool_name == ("Poedit " + "4" * 300)[:255]


@pytest.mark.parametrize("file_format", MAKERS)
def test_unsure_texts_wait_as_drafts(file_format, work, people):
    if file_format == "po":
        file = po_of(people["translator_ar"], work)
        for entry in file:
            entry.flags.append("fuzzy")
    else:
        file = xliff_of(people["translator_ar"], work, state="initial")
    response = upload(people["translator_ar"], str(file))
    assert counts(response) == {"unsure": work.get_progress()[0]}
    assert work.get_progress()[1] == 0
    assert DraftText.objects.of(work).count() == work.get_progress()[0]
    again = upload(people["translator_ar"], download(people["translator_ar"], work, file_format))
    assert counts(again) == {"unchanged": work.get_progress()[0]}


def draft_of(work, user, data="مسودة"):
    segment = StringSegment.objects.filter(source=work.source).order_by("order").first()
    return drafts.keep(segment, work.target_locale_id, data, DraftText.Origin.UNSURE, user)


def test_a_draft_is_accepted_by_people_of_its_language(work, people):
    draft = draft_of(work, people["translator_ar"].user)
    address = reverse("translations:draft_accept", args=[draft.pk])
    assert refused(people["translator_tr"].post(address))
    assert people["translator_ar"].get(address).status_code == 405
    answer = people["translator_ar"].post(address, headers={"accept": "application/json"})
    assert answer.json()["text"] == "مسودة"
    assert work.get_progress()[1] == 1
    assert not DraftText.objects.exists()
    assert people["translator_ar"].post(address, follow=True).status_code == 404


def test_a_draft_is_thrown_away(work, people):
    draft = draft_of(work, people["translator_ar"].user)
    address = reverse("translations:draft_discard", args=[draft.pk])
    assert refused(people["translator_tr"].post(address))
    assert people["translator_ar"].post(address).status_code == 302
    assert (work.get_progress()[1], DraftText.objects.count()) == (0, 0)


@pytest.mark.parametrize("file_format", MAKERS)
def test_where_the_german_text_has_changed_both_are_shown(file_format, work, people):
    file = str(MAKERS[file_format](people["translator_ar"], work))
    change_source(work.source.get_source_instance(), summary="Wer wir heute sind.")
    response = upload(people["translator_ar"], file)
    row = rows(response)["changed"]
    assert (row["source"], row["now"]) == ("Wer wir sind.", "Wer wir heute sind.")
    assert DraftText.objects.of(work).get().origin == DraftText.Origin.OLDER
    assert "Wer wir heute sind." in response.content.decode()
    assert work.get_progress()[0] - work.get_progress()[1] == 1


def test_texts_that_left_the_page_are_reported(work, people):
    file = po_of(people["translator_ar"], work)
    file.append(polib.POEntry(msgid="Fremd", msgstr="غريب", msgctxt="body.nirgends"))
    assert rows(upload(people["translator_ar"], str(file)))["unknown"]["text"] == "غريب"


def test_german_altered_in_the_file_is_not_taken(work, people):
    file = xliff_of(people["translator_ar"], work).replace("Wir sind viele.", "Wir sind wenige.")
    row = rows(upload(people["translator_ar"], file))["source"]
    assert (row["source"], row["now"]) == ("Wir sind wenige.", "Wir sind viele.")
    assert not StringTranslation.objects.filter(translation_of__data="Wir sind viele.").exists()


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(work, people):
    file = po_of(people["translator_ar"], work)
    segment = StringSegment.objects.filter(source=work.source).first()
    put(people["lead_ar"], segment_url(work, segment), value="أحدث")
    StringTranslation.objects.update(updated_at=timezone.now() + timedelta(minutes=1))
    response = upload(people["translator_ar"], str(file))
    assert counts(response)["beside"] == 1
    assert StringTranslation.objects.get(translation_of=segment.string, context=segment.context).data == "أحدث"
    assert DraftText.objects.of(work).get().data == "نص"


BROKEN = {
    "open": "<b>نص",
    "crossed": "<b><i>نص</b></i>",
    "closing": "نص</i>",
    "foreign link": '<a id="a9">نص</a>',
    "script": "<script>alert(1)</script>",
    "attribute": '<b onclick="x">نص</b>',
    "block": "<p>نص</p>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_tags_are_shown_with_their_text(name, work, people):
    file = po_of(people["translator_ar"], work)
    entry = next(entry for entry in file if entry.msgid == "Wir sind viele.")
    entry.msgstr = BROKEN[name]
    row = rows(upload(people["translator_ar"], str(file)))["broken"]
    assert row["text"] == BROKEN[name]
    assert row["reasons"]
    assert work.get_progress()[1] == work.get_progress()[0] - 1


def test_codes_come_back_as_the_tags_they_stand_for(site, people):
    page, arabic = site.pages["verband"], site.locales["ar"]
    html = '<p>Erst <b>fett</b>, dann <a href="https://example.org">ein <i>Link</i></a>,<br/>dann &amp; Schluss.</p>'
    change_source(page, body=[("text", html)])
    submit(people["editor"], page, arabic)
    work = translation(page, arabic)
    content = download(people["translator_ar"], work, "xliff")
    sources = dict.fromkeys(re.findall(r"<source>(.*?)</source>", content, re.S))
    with_codes = next(source for source in sources if "<pc" in source)
    assert "<ph" in with_codes
    assert "<b>" not in with_codes
    moved = with_codes.replace("Erst ", "أولا ").replace("<pc id", '<mrk id="m1" type="term"><pc id', 1)
    moved = moved.replace("</pc>", "</pc></mrk>", 1)
    file = content.replace(f"<source>{with_codes}</source>", f"<source>{with_codes}</source><target>{moved}</target>")
    file = file.replace('state="initial"', 'state="final"')
    assert counts(upload(people["translator_ar"], file))["taken"] == 1
    expected = 'أولا <b>fett</b>, dann <a id="a1">ein <i>Link</i></a>,<br/>dann &amp; Schluss.'
    assert StringTranslation.objects.get().data == expected


def test_texts_cut_into_segments_are_put_together(work, people):
    content = download(people["translator_ar"], work, "xliff")
    cut = content.replace(
        "<source>Wir sind viele.</source>\n      </segment>",
        "<source>Wir sind </source><target>نحن </target></segment><ignorable><source/></ignorable>"
        '<segment state="final"><source>viele.</source><target>كثيرون.</target></segment>',
    ).replace('<segment state="initial">\n        <source>Wir sind </source>', "<segment><source>Wir sind </source>")
    cut = re.sub(r'<segment state="initial">\s*<source>Wir sind ', "<segment><source>Wir sind ", cut)
    assert counts(upload(people["translator_ar"], cut))["taken"] == 1
    assert StringTranslation.objects.get().data == "نحن كثيرون."


def test_an_unknown_code_is_broken(work, people):
    file = xliff_of(people["translator_ar"], work, text='<pc id="77">نص</pc>')
    assert counts(upload(people["translator_ar"], file)) == {"broken": work.get_progress()[0]}


def test_what_does_not_fit_is_refused_and_the_rest_taken(work, people):
    file = po_of(people["translator_ar"], work)
    title = next(entry for entry in file if entry.msgctxt == "title")
    title.msgstr = "ن" * 300
    response = upload(people["translator_ar"], str(file))
    assert "255" in rows(response)["refused"]["reasons"][0]
    assert work.get_progress()[1] == work.get_progress()[0] - 1


@pytest.mark.parametrize("text", ["\u202eنص", "a\x07b", "\ufeffنص", "ن" * 30_000])
def test_what_cannot_be_stored_is_refused(text, work, people):
    file = po_of(people["translator_ar"], work, text)
    assert set(counts(upload(people["translator_ar"], str(file)))) == {"refused"}


def test_a_wrong_script_is_taken_over_with_a_remark(work, people):
    response = upload(people["translator_ar"], str(po_of(people["translator_ar"], work, "Latin letters")))
    assert work.get_progress()[1] == work.get_progress()[0]
    assert rows(response)["taken"]["reasons"]


def test_twice_with_different_texts(work, people):
    file = po_of(people["translator_ar"], work)
    file.append(polib.POEntry(msgid=file[0].msgid, msgctxt=file[0].msgctxt, msgstr="آخر"))
    file.append(polib.POEntry(msgid=file[1].msgid, msgctxt=file[1].msgctxt, msgstr="نص"))
    assert counts(upload(people["translator_ar"], str(file)))["twice"] == 2
    assert work.get_progress()[1] == work.get_progress()[0] - 1


def test_plural_and_obsolete_entries_stay_out(work, people):
    file = po_of(people["translator_ar"], work)
    file[0].msgid_plural, file[0].msgstr_plural = "x", {0: "a", 1: "b"}
    file[0].msgstr = ""
    file.append(polib.POEntry(msgid="alt", msgstr="قديم", msgctxt="title", obsolete=True))
    found = counts(upload(people["translator_ar"], str(file)))
    assert (found["plural"], found["obsolete"]) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("file_format", MAKERS)
def test_encodings(file_format, encoding, work, people):
    content = str(MAKERS[file_format](people["translator_ar"], work)).replace("\n", "\r\n")
    content = content.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    upload(people["translator_ar"], content.encode(encoding))
    assert work.get_progress()[1] == work.get_progress()[0]


def test_latin_1_where_the_file_says_so(work, people):
    file = po_of(people["admin"], work, "Très")
    file.metadata["Content-Type"] = "text/plain; charset=ISO-8859-1"
    content = re.sub(r"^#.*\n", "", str(file), flags=re.M).encode("iso-8859-1")
    upload(people["admin"], content)
    assert set(StringTranslation.objects.values_list("data", flat=True)) == {"Très"}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HEAD = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="de" trgLang="ar">'
UNIT = '<unit id="u1"><segment><source>a</source><target>&b;</target></segment></unit>'
WRONG = {
    "nothing": None,
    "empty": b"",
    "blank": b" \n ",
    "no header": b'msgid "a"\nmsgstr "b"\n',
    "broken header": b'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: 12\\n"\n',
    "not PO": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "prose": "Guten Tag,\nanbei die Übersetzung.".encode(),
    "half an entry": b'msgid "a\nmsgstr',
    "Latin-1": 'msgid "Über"\nmsgstr "x"\n'.encode("latin-1"),
    "no encoding": b'"charset=zip\\n"\n\xff\xfe\xfd',
    "broken UTF-16": b"\xff\xfea",
    "NUL": b'msgid "a"\nmsgstr "\0"\n',
    "name of a file": b"manage.py",
    "archive": b"PK\x03\x04" + b"x" * 100,
    "too large": b"#" * (10 * 1024 * 1024 + 1),
    "XML": b"<a/>",
    "broken XML": b"<xliff",
    "HTML": b"<html><body>x</body></html>",
    "XLIFF 1": b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>',
    "empty XLIFF": f"{HEAD}</xliff>".encode(),
    "bomb": f"{BOMB}{HEAD}<file id='f'>{UNIT}</file></xliff>".encode(),
    "bomb in UTF-16": f"{BOMB}{HEAD}<file id='f'>{UNIT}</file></xliff>".encode("utf-16"),
    "outside file": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>',
    "XInclude": f'{HEAD}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></xliff>'.encode(),
    "no page": f"{HEAD}<file id='f'>{UNIT.replace('&b;', 'b')}</file></xliff>".encode(),
    "deep": f"{HEAD}{'<file id="f">' * 5000}".encode(),
    "unit without file": f"{HEAD}{UNIT.replace('&b;', 'b')}</xliff>".encode(),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_get_a_sentence(name, work, people):
    contents = [WRONG[name]] if WRONG[name] is not None else []
    response = upload(people["translator_ar"], *contents)
    assert response.status_code == 422
    assert response.context["error"]
    old = people["translator_ar"].post(
        localize("upload_pofile", work.pk), {"file": [SimpleUploadedFile("a.po", content) for content in contents]}
    )
    assert len(said(old)) == 1
    assert (work.get_progress()[1], TextFile.objects.count()) == (0, 0)


def test_the_file_of_another_page_is_refused_at_the_editor(work, people, site):
    other = site.pages["verband"]
    submit(people["editor"], other, site.locales["ar"])
    file = po_of(people["translator_ar"], translation(other, site.locales["ar"]))
    assert upload(people["translator_ar"], str(file), only=work).status_code == 422
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("file_format", MAKERS)
def test_the_file_of_another_language_takes_over_nothing(file_format, work, people, site):
    file = str(MAKERS[file_format](people["translator_ar"], work))
    for role in ("translator_tr", "lead_tr", "editor", "translator_easy", "project_editor"):
        response = upload(people[role], file)
        assert response.status_code == 422 or refused(response), role
    assert not StringTranslation.objects.exists()


def test_a_file_with_own_and_foreign_pages_takes_the_own_ones(work, people, site):
    submit(people["admin"], work.source.get_source_instance(), site.locales["tr"])
    turkish = translation(work.source.get_source_instance(), site.locales["tr"])
    foreign = str(po_of(people["admin"], turkish, "metin"))
    response = upload(people["translator_ar"], foreign, str(po_of(people["translator_ar"], work)))
    assert [bool(part.problem) for part in response.context["parts"]] == [True, False]
    assert (turkish.get_progress()[1], work.get_progress()[1]) == (0, work.get_progress()[0])
    assert "Türkçe" not in response.content.decode().partition("<main")[2]


def test_a_locked_page_takes_nothing(work, people):
    file = str(po_of(people["translator_ar"], work))
    page = target(work.source.get_source_instance(), work.target_locale)
    page.locked, page.locked_by = True, people["admin"].user
    page.save()
    assert upload(people["translator_ar"], file, only=work).status_code == 422
    response = upload(people["translator_ar"], file)
    assert response.context["parts"][0].problem
    assert not StringTranslation.objects.exists()


def test_the_report_is_for_whoever_sent_the_file(work, people):
    upload(people["translator_ar"], str(po_of(people["translator_ar"], work)))
    address = reverse("translations:import_report", args=[TextFile.objects.get().key])
    assert people["lead_ar"].get(address, follow=True).status_code == 404
    assert people["admin"].get(address).status_code == 200


def test_a_section_makes_one_file_and_comes_back_as_one(site, people):
    arabic = site.locales["ar"]
    submit(people["admin"], site.pages["aktuelles"], arabic, include_subtree="on")
    section = {"language": "ar", "scope": "section", "page": site.pages["aktuelles"].pk}
    content = people["translator_ar"].get(EXPORT, section | {"format": "xliff"}).content.decode()
    assert content.count("<file ") == 2
    filled = re.sub(r"(<source>.*?</source>)", r"\1<target>نص</target>", content, flags=re.S)
    response = upload(people["translator_ar"], filled.replace('"initial"', '"translated"'), name="a.xlf")
    assert len(response.context["parts"]) == 2
    done = [translation(site.pages[slug], arabic).get_progress() for slug in ("aktuelles", "drei-wege")]
    assert all(total == finished for total, finished in done)
    archive = people["translator_ar"].get(EXPORT, section | {"format": "po"})
    assert archive.content.startswith(b"PK")


def test_what_is_open_in_a_language(site, people, work):
    client, wish = people["translator_ar"], {"language": "ar", "scope": "open", "format": "xliff"}
    assert client.get(EXPORT, wish).content.count(b"<file ") == 1
    upload(client, str(po_of(client, work)))
    response = client.get(EXPORT, wish)
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize(
    "wish",
    [
        {"language": "tr", "scope": "open", "format": "po"},
        {"language": "ar\0", "scope": "open", "format": "po"},
        {"language": "ar", "scope": "section", "page": "10" * 30, "format": "po"},
        {"language": "ar", "scope": "section", "page": "x", "format": "po"},
        {"language": "ar", "scope": "page", "format": "po"},
        {"language": "ar", "scope": "nix", "format": "exe"},
        {"language": "ar", "pages": "1,2,x,99999999999999999999", "format": "po"},
        {"language": "\0", "pages": "1"},
        {"translation": "9" * 40},
        {"translation": "x", "format": "\0"},
        {"page": "9" * 40},
    ],
)
def test_wrong_wishes_get_an_answer(wish, work, people):
    assert people["translator_ar"].get(EXPORT, wish).status_code in (200, 302, 404)


def test_large_files_are_taken_over_by_the_task_worker(work, people, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 1)
    response = upload(people["translator_ar"], str(po_of(people["translator_ar"], work)))
    assert (response.context["done"], response.context["total"]) == (1, 1)
    assert work.get_progress()[1] == work.get_progress()[0]
    assert TextFilePart.objects.get().entries == []


def test_nothing_of_a_file_is_kept_when_taking_it_over_fails(work, people, monkeypatch):
    file = str(po_of(people["translator_ar"], work))
    stored = []

    def fail(self, text, data):
        stored.append(text)
        if len(stored) == 2:
            raise RuntimeError("killed")
        return original(self, text, data)

    original = files.Taking._store
    monkeypatch.setattr(files.Taking, "_store", fail)
    with pytest.raises(RuntimeError):
        upload(people["translator_ar"], file)
    assert not StringTranslation.objects.exists()


def test_the_forms_open(work, people):
    for role in ("translator_ar", "lead_tr", "admin"):
        assert people[role].get(EXPORT).status_code == 200
        assert people[role].get(IMPORT).status_code == 200
    assert people["translator_ar"].get(IMPORT, {"translation": work.pk}).status_code == 200
    assert people["translator_ar"].get(EXPORT, {"page": work.source.get_source_instance().pk}).status_code == 200
    for role in ("editor", "translator_easy"):
        assert refused(people[role].get(EXPORT))
        assert refused(people[role].get(IMPORT))
    assert refused(people["translator_tr"].get(IMPORT, {"translation": work.pk}))
    assert refused(people["translator_tr"].get(EXPORT, {"translation": work.pk}))


# Children in their order, and attributes, of XLIFF 2.0's core that we write.
STRUCTURE = {
    "xliff": (["file"], {"version", "srcLang", "trgLang"}),
    "file": (["notes", "unit"], {"id", "original", "canResegment", "space"}),
    "notes": (["note"], set()),
    "note": ([], {"category"}),
    "unit": (["notes", "originalData", "segment"], {"id", "name"}),
    "originalData": (["data"], set()),
    "data": ([], {"id"}),
    "segment": (["source", "target"], {"state"}),
    "source": (None, set()),
    "target": (None, set()),
    "pc": (None, {"id", "dataRefStart", "dataRefEnd", "type", "subType"}),
    "ph": ([], {"id", "dataRef", "type", "subType"}),
}


def test_what_we_write_keeps_to_the_structure_of_the_standard(site, people):
    arabic = site.locales["ar"]
    html = '<p>Erst <b>fett</b>, <em>kursiv</em>, <a href="/x">Link <b>a</b></a><br/>und <b>fett</b>.</p><ul><li>Punkt</li></ul>'
    change_source(site.pages["drei-wege"], body=[("text", html)])
    submit(people["admin"], site.pages["aktuelles"], arabic, include_subtree="on")
    for found in Translation.objects.filter(target_locale=arabic):
        upload(people["admin"], str(po_of(people["admin"], found)))
    section = {"language": "ar", "scope": "section", "page": site.pages["aktuelles"].pk, "format": "xliff"}
    root = etree.fromstring(people["admin"].get(EXPORT, section).content)
    assert root.get("version") == "2.0"
    for element in root.iter(etree.Element):
        kind = etree.QName(element)
        children, attributes = STRUCTURE[kind.localname]
        assert kind.namespace == "urn:oasis:names:tc:xliff:document:2.0"
        assert {etree.QName(name).localname for name in element.attrib} <= attributes
        assert re.fullmatch(r"[\w.:-]+", element.get("id", "x"))
        names = [etree.QName(child).localname for child in element]
        assert children is None or names == sorted(names, key=children.index), names
    for file in root:
        ids = [unit.get("id") for unit in file.iterfind("{*}unit")]
        assert ids
        assert len(ids) == len(set(ids))
    for unit in root.iter("{*}unit"):
        data = {item.get("id") for item in unit.iter("{*}data")}
        used = [code.get(name) for code in unit.iter("{*}pc", "{*}ph") for name in code.attrib if "Ref" in name]
        assert set(used) == data
        codes = [code.get("id") for code in unit.find("{*}segment/{*}source").iter("{*}pc", "{*}ph")]
        assert len(codes) == len(set(codes))


def test_tags_nested_without_end_are_broken(work, people):
    file = po_of(people["translator_ar"], work)
    entry = next(entry for entry in file if entry.msgid == "Wir sind viele.")
    entry.msgstr = "<b>" * 2800 + "x" + "</b>" * 2800
    assert rows(upload(people["translator_ar"], str(file)))["broken"]["reasons"]
