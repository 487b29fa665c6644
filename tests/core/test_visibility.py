"""Somebody who works in one part of the site, and what the other parts do not want to be seen yet."""

import json
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Locale, Page

from core.models import SiteDocument, SiteImage
from tests import accounts
from tests.core import pictures, tree

pytestmark = pytest.mark.django_db
SECRET = "Streng geheim"


@pytest.fixture
def site(media):
    home = tree.home()
    mine = tree.add(home, "My part")
    theirs = tree.add(home, "Their part")
    return {
        "home": home,
        "mine": mine,
        "my draft": tree.add(mine, "My draft", live=False),
        "theirs": theirs,
        "secret": tree.add(theirs, SECRET, slug="sg", live=False),
        "below": None,
        "my files": tree.collection("My files"),
        "their files": tree.collection("Their files"),
    }


@pytest.fixture
def files(site):
    picture = pictures.with_secrets("png")
    made = {}
    for owner, name in (("my", "My file"), ("their", SECRET)):
        values = {"title": name, "collection": site[f"{owner} files"]}
        made[f"{owner} image"] = SiteImage.objects.create(
            **values, is_decorative=True, file=ContentFile(picture, f"{owner}-image.png")
        )
        made[f"{owner} document"] = SiteDocument.objects.create(**values, file=ContentFile(b"x", f"{owner}-file.txt"))
    return made


@pytest.fixture
def coordinator(client, site, files, django_user_model):
    client.force_login(tree.person(django_user_model, "coordinator", site["mine"], collection=site["my files"]))
    return client


def text(response):
    """The answer, or the parts of a modal dialogue, with entities and escapes resolved."""
    content = b"".join(response.streaming_content).decode("utf-8", "replace") if response.streaming else response.text
    return content + (json.dumps(json.loads(content), ensure_ascii=False) if content.startswith("{") else "")


def test_the_chooser_shows_live_pages_and_own_drafts(coordinator, site):
    def children(name):
        return text(coordinator.get(reverse("wagtailadmin_choose_page_child", args=[site[name].pk])))

    assert "Their part" in children("home")
    assert "My draft" in children("mine")
    assert "Their part" in children("theirs")
    assert SECRET not in children("theirs")


def test_the_chooser_does_not_open_drafts_of_others(coordinator, site):
    theirs, mine = (reverse("wagtailadmin_choose_page_child", args=[site[name].pk]) for name in ("secret", "my draft"))
    assert coordinator.get(theirs, follow=True).status_code == 404
    assert coordinator.get(mine).status_code == 200


def test_a_page_one_may_not_move_is_not_named_either(coordinator, site):
    theirs = reverse("wagtailadmin_pages:move_confirm", args=[site["secret"].pk, site["mine"].pk])
    mine = reverse("wagtailadmin_pages:move_confirm", args=[site["my draft"].pk, site["mine"].pk])
    assert coordinator.get(theirs).status_code == 302
    assert coordinator.get(mine).status_code == 200


def test_the_chooser_starts_at_the_root_where_its_place_is_a_draft(coordinator, site):
    tree.add(site["secret"], "Below", live=True)
    Page.objects.exclude(pk__in=[page.pk for page in Page.objects.filter(title="Below")]).exclude(depth__lte=2).exclude(
        pk__in=[site["theirs"].pk, site["secret"].pk]
    ).delete()
    response = coordinator.get(reverse("wagtailadmin_choose_page") + "?page_type=home.ContentPage")
    assert response.status_code == 200
    assert SECRET not in text(response)


def test_searching_in_the_chooser(coordinator, site):
    address = reverse("wagtailadmin_choose_page_search")
    assert "My draft" in text(coordinator.get(address, {"q": "My draft"}))
    assert SECRET not in text(coordinator.get(address, {"q": SECRET})).replace(f'value="{SECRET}"', "")


def test_several_chosen_pages(coordinator, site):
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    ids = [site["secret"].pk, site["my draft"].pk, "x", "9" * 30]
    answer = text(coordinator.get(address, {"id": ids}))
    assert "My draft" in answer
    assert SECRET not in answer


def test_a_superuser_sees_all(admin, site, files):
    assert SECRET in text(admin.get(reverse("wagtailadmin_choose_page_child", args=[site["theirs"].pk])))
    assert SECRET in text(admin.get("/admin/api/main/images/"))


@pytest.mark.parametrize("kind", ["image", "document"])
def test_the_admins_own_api_names_files_one_may_use(coordinator, files, kind):
    listing = text(coordinator.get(f"/admin/api/main/{kind}s/"))
    assert "My file" in listing
    assert SECRET not in listing
    assert coordinator.get(f"/admin/api/main/{kind}s/{files[f'my {kind}'].pk}/").status_code == 200
    other = coordinator.get(f"/admin/api/main/{kind}s/{files[f'their {kind}'].pk}/", follow=True)
    assert other.status_code == 404


def test_the_admins_own_api_names_no_translations_of_others(coordinator, site):
    english, _created = Locale.objects.get_or_create(language_code="en")
    translation = site["home"].copy_for_translation(english)
    site["mine"].copy_for_translation(english, copy_parents=True)
    Page.objects.filter(translation_key=site["mine"].translation_key, locale=english).update(
        title=SECRET, draft_title=SECRET
    )
    assert translation.pk
    assert SECRET not in text(coordinator.get(f"/admin/api/main/pages/{site['mine'].pk}/"))


def test_the_report_on_page_types_names_no_drafts_of_others(coordinator, site):
    response = coordinator.get(reverse("wagtailadmin_reports:page_types_usage"))
    assert response.status_code == 200
    assert SECRET not in text(response)


def addresses(patterns, prefix=""):
    """All routes of the admin, as patterns with named or numbered gaps."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def filled(route, site, files):
    """The route with the number of every foreign thing in its gaps."""
    content_type = ContentType.objects.get_for_model(type(site["secret"]))
    words = {
        "content_type_app_name": "home",
        "content_type_model_name": "contentpage",
        "app_label": "home",
        "model_name": "contentpage",
        "language_code": "de",
        "content_type_id": content_type.pk,
    }
    for thing in (site["secret"], files["their image"], files["their document"], site["their files"]):
        for others in (thing, site["mine"]):  # both gaps foreign, or only the last
            numbers = iter([others.pk] * (route.count("<") - 1) + [thing.pk])
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(words.get(gap[1]) or next(numbers)), route)  # noqa: B023
            path = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", str(thing.pk), path).replace("\\", "").rstrip("$")
            yield "/" + path


@accounts.remembered()
def test_no_route_of_the_admin_names_what_is_of_others(coordinator, site, files):
    routes = [route for route in addresses(get_resolver().url_patterns) if route.startswith("admin/")]
    assert len(routes) > 150
    leaks = {}
    for path in sorted({path for route in routes if "logout" not in route for path in filled(route, site, files)}):
        with transaction.atomic():
            response = coordinator.get(path)
            transaction.set_rollback(True)
        if SECRET in text(response) or "their-image" in text(response) or "their-file" in text(response):
            leaks[path] = response.status_code
    assert leaks == {}
