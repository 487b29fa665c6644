from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from core import documents
from core.models import SiteDocument


def archive(**parts):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return target.getvalue()


def office(extension="docx", **parts):
    types = f'<Types><Override PartName="/a.xml" ContentType="{documents.OFFICE[extension]}"/></Types>'
    return archive(**{"[Content_Types].xml": types, "a.xml": "<a/>", **parts})


def open_document(kind="text", **parts):
    return archive(mimetype=f"application/vnd.oasis.opendocument.{kind}", **{"content.xml": "<a/>", **parts})


def encrypted(content):
    """Sets the flag of encryption in every entry of both lists."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


GOOD = {
    "pdf": b"%PDF-1.7\n...",
    "txt": "Grüße".encode("latin-1"),
    "csv": "\ufeffName;Ort\nعائشة;Bremen\n".encode(),
    "ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    **{extension: office(extension) for extension in documents.OFFICE},
    **{extension: open_document(kind) for extension, kind in documents.OPEN_DOCUMENT.items()},
}

BAD = {
    "page as pdf": ("x.pdf", b"<html><script>alert(1)</script></html>", "not that of a .pdf"),
    "page before pdf": ("x.pdf", b"<script>alert(1)</script>%PDF-1.7", "not that of a .pdf"),
    "page as text": ("x.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "not that of a .txt"),
    "drawing as table": ("x.csv", b"<svg onload=alert(1)>", "not that of a .csv"),
    "text as calendar": ("x.ics", b"Hello", "not that of a .ics"),
    "program as text": ("x.txt", b"MZ\x90\x00\x03", "UTF-8"),
    "NUL far behind": ("x.csv", b"a;b\n" * 40_000 + b"\x00", "UTF-8"),
    "pdf as letter": ("x.docx", b"%PDF-1.7", "not that of a .docx"),
    "archive as letter": ("x.docx", archive(**{"a.exe": b"MZ"}), "not that of a .docx"),
    "table as letter": ("x.docx", office("xlsx"), "not that of a .docx"),
    "letter as open document": ("x.odt", office(), "not that of a .odt"),
    "macros by type": (
        "x.docx",
        archive(**{"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
        "not that of a .docx",
    ),
    "macros by part": ("x.docx", office(**{"word/vbaProject.bin": b"x"}), "macros"),
    "macros of open documents": ("x.odt", open_document(**{"Basic/Standard/Module1.xml": b"x"}), "macros"),
    "bomb": ("x.docx", office(**{"bomb.xml": b"\0" * 30_000_000}), "100 times"),
    "many parts": ("x.docx", office(**{f"{n}.xml": b"" for n in range(2_000)}), "2002 parts; 2000"),
    "way out": ("x.docx", office(**{"../../etc/passwd": b"x"}), "forbidden names"),
    "password": ("x.odt", encrypted(open_document()), "password"),
    "damaged": ("x.docx", office()[:-30], "not that of a .docx"),
    "empty archive": ("x.docx", archive(), "not that of a .docx"),
}


@pytest.mark.parametrize("extension", GOOD)
def test_documents_are_taken(extension):
    documents.check(f"X.{extension.upper()}", ContentFile(GOOD[extension]))


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_what_it_says_is_refused(case):
    name, content, reason = BAD[case]
    with override("en"), pytest.raises(ValidationError, match=reason):
        documents.check(name, ContentFile(content))


def test_the_limit_of_the_unpacked_size_is_named(monkeypatch):
    monkeypatch.setattr(documents, "MAX_UNPACKED", 1024)
    with override("en"), pytest.raises(ValidationError, match=r"2.1.+KB; 1.0.+KB"):
        documents.check("x.docx", ContentFile(office(**{"a.bin": b"a" * 2048})))


def fields(prefix="", **values):
    data = {"title": "Document", "collection": Collection.get_first_root_node().pk, "tags": "", **values}
    return {f"{prefix}{name}": value for name, value in data.items()}


def page_named_pdf():
    return SimpleUploadedFile("x.pdf", BAD["page as pdf"][1])


@pytest.mark.django_db
def test_single_upload_and_replacement(admin, media):
    response = admin.post(reverse("wagtaildocs:add"), fields(file=page_named_pdf()))
    assert "file" in response.context["form"].errors
    assert not SiteDocument.objects.exists()
    admin.post(reverse("wagtaildocs:add"), fields(file=SimpleUploadedFile("x.pdf", GOOD["pdf"])))
    document = SiteDocument.objects.get()
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert "file" in admin.post(address, fields(file=page_named_pdf())).context["form"].errors
    assert admin.post(address, fields(title="Other")).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.file.read()) == ("Other", GOOD["pdf"])


@pytest.mark.django_db
def test_multiple_upload(admin, media):
    def add(file):
        data = {"title": "x", "collection": Collection.get_first_root_node().pk, "files[]": file}
        return admin.post(reverse("wagtaildocs:add_multiple"), data).json()

    assert ".pdf" in add(page_named_pdf())["error_message"]
    assert not UploadedFile.objects.exists()
    assert add(SimpleUploadedFile("x.docx", GOOD["docx"]))["success"]
    assert SiteDocument.objects.count() == 1


@pytest.mark.django_db
def test_upload_in_the_chooser(admin, media):
    address = reverse("wagtaildocs_chooser:create")
    prefix = "document-chooser-upload-"
    assert admin.post(address, fields(prefix, file=page_named_pdf())).json()["step"] == "reshow_creation_form"
    assert not SiteDocument.objects.exists()
    file = SimpleUploadedFile("x.pdf", GOOD["pdf"])
    assert admin.post(address, fields(prefix, file=file)).json()["step"] == "chosen"


@pytest.fixture
def document(media):
    return SiteDocument.objects.create(title="Report", file=ContentFile(GOOD["pdf"], name="Bericht ü.pdf"))


@pytest.mark.django_db
def test_documents_come_as_downloads_that_may_do_nothing(client, document):
    response = client.get(document.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == GOOD["pdf"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


@pytest.mark.django_db
def test_documents_of_a_closed_collection_are_kept_out_of_caches(client, admin, document):
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert Client().get(document.url).status_code == 302
    response = admin.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
