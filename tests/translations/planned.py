"""Releases as people make them, and texts that are ready for one."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from tests.translations.work import submit, target, translate, translation
from translations.models import Release, ReleaseItem


def plan(client, pages, required=(), optional=(), name="Start"):
    """Made in the admin, for tomorrow."""
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    data = {"name": name, "go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M"), "pages": [page.pk for page in pages]}
    data |= {f"language_{locale.pk}": "required" for locale in required}
    data |= {f"language_{locale.pk}": "optional" for locale in optional}
    response = client.post(reverse("translations:release_new"), data)
    assert response.status_code == 302, response.context["form"].errors
    return Release.objects.order_by("pk").last()


def call_ready(client, release, page, locale, action="ready"):
    item = ReleaseItem.objects.get(release=release, translation_key=page.translation_key)
    return client.post(reverse("translations:release_ready", args=[release.pk, item.pk, locale.pk]), {"action": action})


def prepare(people, page, *locales, release=None, text="نص {number}"):
    """Requested and translated; with a release, its leads call it ready."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        submit(people["admin"], page, *locales)
    for locale in locales:
        translate(people[f"translator_{locale.language_code}"], translation(page, locale), text)
        if release:
            call_ready(people[f"lead_{locale.language_code}"], release, page, locale)


def when_the_time_has_come(release):
    Release.objects.filter(pk=release.pk).update(go_live_at=timezone.now() - timedelta(seconds=5))
    call_command("release_due", stdout=StringIO())
    release.refresh_from_db()
    return release


def live(page, *locales):
    return [target(page, locale).live for locale in locales]
