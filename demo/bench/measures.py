"""Queries, server time and weight of one address, measured in this process through the whole middleware stack."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ASSETS = re.compile(r'<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src)="([^"]+)"')


@dataclass(frozen=True)
class Measure:
    queries: int
    seconds: float
    html: int
    css: int
    js: int

    @property
    def weight(self) -> int:
        """Compressed bytes of a first view, fonts and pictures left out."""
        return self.html + self.css + self.js


def measure(path: str, rounds: int) -> Measure:
    client = Client(SERVER_NAME="127.0.0.1")
    page = _get(client, path)
    with CaptureQueriesContext(connection) as captured:
        _get(client, path)
    queries = len(captured)  # counted before the next request empties the log
    # The best round: whatever else the machine does can only make it slower.
    seconds = min(_timed(client, path) for _ in range(rounds))
    assets = ASSETS.findall(page)
    return Measure(
        queries=queries,
        seconds=seconds,
        html=_compressed(page.encode()),
        css=sum(_asset(url) for url in assets if ".css" in url),
        js=sum(_asset(url) for url in assets if ".js" in url),
    )


def _get(client: Client, path: str) -> str:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response.getvalue().decode()


def _timed(client: Client, path: str) -> float:
    start = perf_counter()
    client.get(path).getvalue()
    return perf_counter() - start


def _asset(url: str) -> int:
    name = url.removeprefix(settings.STATIC_URL)
    return _compressed(Path(finders.find(name) or staticfiles_storage.path(name)).read_bytes())


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 9))
