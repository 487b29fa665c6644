from datetime import timedelta
from threading import Barrier, Thread
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from core import made_files


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def names():
    return default_storage.listdir("made")[1] if default_storage.exists("made") else []


def test_a_file_is_made_once():
    def make(file):
        file.write(b"content")

    assert made_files.made("a.txt", make).read() == b"content"
    assert made_files.made("a.txt", lambda file: pytest.fail("made twice")).read() == b"content"
    assert made_files.kept("a.txt").read() == b"content"
    assert names() == ["a.txt"]


def test_many_first_requests_at_once_leave_one_file():
    together, read = Barrier(8), []

    def ask():
        def make(file):
            together.wait(10)
            file.write(b"x" * 100_000)

        read.append(made_files.made("a.txt", make).read())

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert read == [b"x" * 100_000] * 8
    assert names() == ["a.txt"]


def test_what_fails_half_way_is_not_kept():
    def make(file):
        file.write(b"half")
        raise ValueError

    with pytest.raises(ValueError):
        made_files.made("a.txt", make)
    assert made_files.kept("a.txt") is None


def test_a_storage_that_refuses_costs_nobody_their_file():
    with patch.object(default_storage, "save", side_effect=OSError("full")):
        assert made_files.made("a.txt", lambda file: file.write(b"content")).read() == b"content"
    assert names() == []


def test_old_files_go_and_new_ones_stay():
    for name in ("a.txt", "inner/b.txt"):
        made_files.made(name, lambda file: file.write(b"x"))
    call_command("purge_made_files")
    assert made_files.kept("inner/b.txt")
    later = timezone.now() + made_files.KEPT_FOR + timedelta(hours=1)
    with patch.object(timezone, "now", lambda: later):
        call_command("purge_made_files")
    assert made_files.kept("a.txt") is made_files.kept("inner/b.txt") is None
