"""Every role at every route of the admin: no failure, and not a word of what others have not published."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from core.models import SiteDocument, SiteImage
from tests import accounts
from tests.core import offices
from tests.translations.work import refused

# Whose drafts and files a role may see; administrators see all.
SEES = {
    "redaktion": set(offices.SECRETS),  # it orders translations, so it sees how far they are
    "projekt": {"projekt"},
    "bochum": {"bochum"},
    "uebersetzung-ar": {"arabic"},
    "sprachleitung-ar": {"arabic"},
    "uebersetzung-tr": set(),
}
LEAVES = ("logout", "failwhale")  # failwhale fails on purpose


@pytest.fixture(scope="module")
def work(offices_snapshot, django_db_blocker):
    with django_db_blocker.unblock():
        with transaction.atomic():
            offices_snapshot.restore()
            yield offices.desk()
            transaction.set_rollback(True)
        cache.clear()


def routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def addresses(work, sees):
    """By route: its addresses with the number of a draft, own and foreign, a file, a term and a contact in its gaps."""
    files = [model.objects.get(title=offices.SECRETS["kassel"]) for model in (SiteImage, SiteDocument)]
    foreign = [page for owner, page in work.drafts.items() if owner not in sees][:2]
    own = [page for owner, page in work.drafts.items() if owner in sees][:2]
    numbers = dict.fromkeys(thing.pk for thing in [*own, *foreign, *files, work.topic, work.contact])
    for route in sorted({*routes(get_resolver().url_patterns)}):
        if route.startswith("admin/") and not any(name in route for name in LEAVES):
            gaps = "<" in route or "(" in route
            yield {_filled(route, number, work): number for number in (numbers if gaps else [0])}
    things = {Page: work.drafts.values(), SiteImage: SiteImage.objects.all(), SiteDocument: SiteDocument.objects.all()}
    for model, members in things.items():
        ids = "&".join(f"id={thing.pk}" for thing in members)
        app, name = model._meta.app_label, model._meta.model_name
        for action in bulk_action_registry.get_bulk_actions_for_model(app, name):
            yield {f"{reverse('wagtail_bulk_action', args=[app, name, action.action_type])}?{ids}": 0}


def _filled(route, number, work):
    kind = ContentType.objects.get_for_model(type(work.drafts["redaktion"].specific))
    words = {
        "content_type_app_name": "home",
        "content_type_model_name": "contentpage",
        "app_label": "home",
        "model_name": "contentpage",
        "language_code": "de",
        "content_type_id": kind.pk,
    }
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(words.get(gap[1], number)), route)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", str(number), path).replace("\\", "").rstrip("$?")
    return f"/{path}"


@pytest.mark.parametrize("role", [*SEES, "administration"])
@accounts.remembered()
def test_no_route_fails_or_tells_secrets(role, work, db):
    sees = SEES.get(role, set(offices.SECRETS))
    secrets = {secret for owner, secret in offices.SECRETS.items() if owner not in sees}
    told, failed = {}, {}
    client = work.people[role]
    client.raise_request_exception = False
    for numbered in addresses(work, sees):
        for address, number in numbered.items():
            looked_for = []
            with transaction.atomic(), connection.execute_wrapper(_noted_in(looked_for)):
                response = client.get(address)
                text = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            found = [secret for secret in secrets if secret in _readable(text)]
            if found:
                told[address] = found
            if response.status_code >= 500:
                failed[address] = response.status_code
            if (refused(response) or response.status_code == 405) and number not in looked_for:
                break  # nobody looked what has this number, so all others are refused as well
    assert (told, failed) == ({}, {})


def _noted_in(looked_for):
    """Every number and key that the database is asked for."""

    def note(execute, sql, values, many, context):
        looked_for.extend(int(value) for value in re.findall(r"\d+", str(values)))
        return execute(sql, values, many, context)

    return note


def _readable(content):
    """JSON writes Arabic in escapes."""
    text = content.decode("utf-8", "replace")
    return text + re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text) if "\\u0" in text else text
