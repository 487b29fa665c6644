from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, mailers
from django.utils import timezone

from core import mail_files


@pytest.fixture
def folder(settings, tmp_path):
    file = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    settings.MAILERS = settings.MAILERS | {"transport": file}
    return tmp_path


def send():
    mailers["transport"].send_messages([EmailMessage("Betreff", "Text", "office@example.org", ["jo@example.org"])])


def test_mails_in_files_go_after_two_weeks(folder, monkeypatch):
    (folder / "notes.txt").touch()
    send()
    assert mail_files.forget() == 0
    later = timezone.now() + timedelta(days=14, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert mail_files.forget() == 1
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_site_that_never_wrote_one_has_nothing_to_delete(settings, folder):
    folder.rmdir()
    assert mail_files.forget() == 0
    settings.MAILERS = settings.MAILERS | {"transport": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}
    assert mail_files.forget() == 0
