"""Redis as a convenience: when it is refused, hung or broken, the site is slower and works."""

import logging
import time
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError, TimeoutError  # noqa: A004
from redis.retry import Retry

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds without another try after Redis did not answer
_next_try: dict[tuple[str, ...], float] = {}  # by servers; one for all threads of the process


def _forgiving(operation, miss):
    """`operation` of RedisCache, answering with `miss` where Redis cannot."""

    @wraps(operation)
    def attempt(self, *args, **kwargs):
        if time.monotonic() < _next_try.get(self.servers, 0):
            return miss(*args, **kwargs)
        try:
            return operation(self, *args, **kwargs)
        except (ConnectionError, TimeoutError, OSError) as error:
            _next_try[self.servers] = time.monotonic() + PAUSE
            logger.warning("Redis does not answer; no further try for %d s: %s", PAUSE, error)
        except RedisError as error:
            logger.warning("Redis refused an operation: %s", error)
        return miss(*args, **kwargs)

    return attempt


def _no_number(key, *args, **kwargs):
    """What Django's caches do for a key they do not have."""
    raise ValueError(f"Key '{key}' not found")


class ForgivingRedisCache(RedisCache):
    """Every error is a miss. Without retries: each would cost another timeout in the middle of a request."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self.servers = tuple(self._servers)
        self._options = {"retry": Retry(NoBackoff(), 0), **self._options}

    get = _forgiving(RedisCache.get, lambda key, default=None, version=None: default)
    get_many = _forgiving(RedisCache.get_many, lambda *args, **kwargs: {})
    has_key = _forgiving(RedisCache.has_key, lambda *args, **kwargs: False)
    add = _forgiving(RedisCache.add, lambda *args, **kwargs: False)
    set = _forgiving(RedisCache.set, lambda *args, **kwargs: None)
    set_many = _forgiving(RedisCache.set_many, lambda data, *args, **kwargs: list(data))
    incr = _forgiving(RedisCache.incr, _no_number)
    touch = _forgiving(RedisCache.touch, lambda *args, **kwargs: False)
    delete = _forgiving(RedisCache.delete, lambda *args, **kwargs: False)
    delete_many = _forgiving(RedisCache.delete_many, lambda *args, **kwargs: None)
    clear = _forgiving(RedisCache.clear, lambda *args, **kwargs: False)
