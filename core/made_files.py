"""Files that are made of what the site holds and can be made anew at any time: kept by a name that says their content.

Several requests may make the same file at once; one of them is kept, and none is ever seen half written.
"""

import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

logger = logging.getLogger(__name__)

FOLDER = "made"
KEPT_FOR = timedelta(days=60)


class _WholeFile(File):
    """Moved into place by storages on this machine, so that it appears there complete."""

    def temporary_file_path(self) -> str:
        return self.name


def kept(name: str) -> File | None:
    try:
        return default_storage.open(f"{FOLDER}/{name}")
    except OSError:
        return None


def made(name: str, make: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """The file called `name`, open for reading; `make` writes it where it is not there yet."""
    found = kept(name)
    if found:
        return found
    with tempfile.NamedTemporaryFile(dir=_near(), prefix="made-", delete=False) as file:
        path = Path(file.name)
        try:
            make(file)
            file.flush()
            # Opened before it moves: whatever the storage says, this request has its file.
            result = path.open("rb")
            _keep(f"{FOLDER}/{name}", _WholeFile(file, name=file.name))
        finally:
            path.unlink(missing_ok=True)
    return result


def _keep(name: str, content: File) -> None:
    try:
        saved = default_storage.save(name, content)
        if saved != name:  # somebody else has made the same meanwhile
            default_storage.delete(saved)
    except OSError as error:
        logger.warning("A file that was made cannot be kept: %s", error)


def _near() -> str | None:
    """On the same disk as the storage, if that is a disk of ours."""
    try:
        folder = Path(default_storage.path(FOLDER))
    except NotImplementedError:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def forget_old(folder: str = FOLDER) -> int:
    """Delete what was made long ago, and what a killed process left; returns how many."""
    folders, files = [], []
    with suppress(FileNotFoundError):
        folders, files = default_storage.listdir(folder)
    old = [f"{folder}/{name}" for name in files if _is_old(f"{folder}/{name}")]
    for name in old:
        default_storage.delete(name)
    return len(old) + sum(forget_old(f"{folder}/{inner}") for inner in folders)


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - KEPT_FOR
    except FileNotFoundError:
        return False
