"""Counts what one address or account tries in a while. Counts live in the cache, so that all processes share Redis."""

import ipaddress
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """At most `count` events for one key in `seconds`, counted from the first."""

    name: str
    count: int
    seconds: int

    def is_reached(self, *key: str) -> bool:
        return cache.get(self._cache_key(key), 0) >= self.count

    def add(self, *key: str) -> bool:
        """Count one event; False when it is one too many."""
        name = self._cache_key(key)
        cache.add(name, 0, self.seconds)
        try:
            count = cache.incr(name)
        except ValueError:  # it ran out in between, or the cache is away
            return True
        if count == 1:
            cache.touch(name, self.seconds)  # Redis starts anew without an end where the old count ran out just now
        return count <= self.count

    def take_back(self, *key: str) -> None:
        with suppress(ValueError):
            cache.decr(self._cache_key(key))

    def forget(self, *key: str) -> None:
        cache.delete(self._cache_key(key))

    def _cache_key(self, key: tuple[str, ...]) -> str:
        """Hashed: neither accounts nor network addresses are readable in the cache."""
        return f"limit:{self.name}:{salted_hmac('core.throttling', '|'.join(key), algorithm='sha256').hexdigest()}"


@dataclass(frozen=True)
class SoftLimit(Limit):
    """Past `count` one more gets through every `pace` seconds: whoever shares a busy connection waits, and is not shut out."""

    pace: int = 10

    def add(self, *key: str) -> bool:
        return super().add(*key) or Limit(f"{self.name}-past", 1, self.pace).add(*key)


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; for IPv6 the /64, since whoever has one address has all of those.

    `X-Forwarded-For` is believed only as far as our own proxies wrote it: the entry TRUSTED_PROXIES from the right.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    address = hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", "")
    return _network(address) or _network(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
