import socket
import time

import pytest

from core import cache as module
from core.cache import ForgivingRedisCache
from tests.core import mail_servers


@pytest.fixture(autouse=True)
def fresh_breaker():
    module._next_try.clear()
    yield
    module._next_try.clear()


def cache_at(port):
    options = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}
    return ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": options})


@pytest.fixture(params=["refusing", "silent", "talking nonsense"])
def broken(request):
    if request.param == "refusing":
        yield cache_at(mail_servers.free_port())
    elif request.param == "silent":
        with mail_servers.silent() as port:
            yield cache_at(port)
    else:
        with mail_servers.willing() as (port, _received):
            yield cache_at(port)


def test_every_operation_is_a_miss(broken):
    for _number in range(2):  # with the connection tried, and with the breaker open
        assert broken.get("a") is None
        assert broken.get("a", 7) == 7
        assert broken.get_many(["a"]) == {}
        assert broken.add("a", 1) is False
        assert broken.set("a", 1) is None
        assert broken.set_many({"a": 1}) == ["a"]
        assert broken.touch("a") is False
        assert broken.delete("a") is False
        assert broken.delete_many(["a"]) is None
        assert "a" not in broken
        assert broken.clear() is False
        assert broken.get_or_set("a", 5) == 5
        with pytest.raises(ValueError):
            broken.incr("a")
        with pytest.raises(ValueError):
            broken.decr("a")


def test_a_silent_server_costs_one_timeout_in_ten_seconds(monkeypatch):
    with mail_servers.silent() as port:
        cache = cache_at(port)
        started = time.monotonic()
        cache.get("a")
        assert 0.2 < time.monotonic() - started < 0.5
        started = time.monotonic()
        for _number in range(100):
            cache.get("a")
            cache_at(port).get("a")  # the same for all threads
        assert time.monotonic() - started < 0.2
        later = time.monotonic() + module.PAUSE + 1
        monkeypatch.setattr(module.time, "monotonic", lambda: later)
        cache.get("a")
        assert module._next_try[cache.servers] == later + module.PAUSE


def test_it_comes_back_after_the_pause(monkeypatch):
    port = mail_servers.free_port()
    cache = cache_at(port)
    cache.get("a")
    monkeypatch.setattr(module, "_next_try", {})
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(2)
        cache.get("a")
        assert server.accept()
