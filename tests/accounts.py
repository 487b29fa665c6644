"""Who asks, in sweeps: thousands of requests of a few people, each undone at once."""

from contextlib import contextmanager
from unittest import mock

from django.contrib import auth


@contextmanager
def remembered():
    """An account and what it may do is looked up at its first request only."""
    known = {}

    def get_user(request):
        key = request.session.session_key
        if key not in known:
            known[key] = auth.get_user(request)
        return known[key]

    with mock.patch("django.contrib.auth.middleware.get_user", get_user):
        yield
