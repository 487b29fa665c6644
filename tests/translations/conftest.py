"""A small site in four languages, and somebody in every role that has to do with translations."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from core.models import Topic
from home.models import ContentPage, HomePage
from news.models import NewsIndexPage, NewsPage

LANGUAGES = ("de", "de-simple", "ar", "tr")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(db):
    """de: home → ueber-uns → verband, home → aktuelles → drei-wege; the other languages hold their home page."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["de"])
    for page in root.get_children():
        page.delete()
    root = Page.objects.get(pk=root.pk)
    Site.objects.all().delete()
    home = root.add_child(instance=HomePage(title="NeMO", slug="de", locale=locales["de"]))
    Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    homes = {"de": home}
    for code in LANGUAGES[1:]:
        copy = home.copy_for_translation(locales[code])
        copy.save_revision().publish()
        homes[code] = HomePage.objects.get(pk=copy.pk)
    about = home.add_child(
        instance=ContentPage(
            title="Über uns", slug="ueber-uns", summary="Wer wir sind.", body=[("text", "<p>Wir sind viele.</p>")]
        )
    )
    federation = about.add_child(instance=ContentPage(title="Verband", slug="verband", summary="Vierzehn Netzwerke."))
    index = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    topic = Topic.objects.create(name="Wohnen", key="wohnen", locale=locales["de"])
    news = index.add_child(
        instance=NewsPage(title="Drei Wege", slug="drei-wege", summary="Zusammen arbeiten.", date="2026-11-01")
    )
    news.topics.add(topic)
    news.save()
    for page in (about, federation, index, news):
        page.save_revision().publish()
    cache.clear()
    fresh = {page.slug: page.specific for page in Page.objects.filter(locale=locales["de"], depth__gt=2)}
    return SimpleNamespace(locales=locales, homes=homes, topic=topic, pages=fresh)


def permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def group(name, permissions=(), pages=()):
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(permission("wagtailadmin.access_admin"), *map(permission, permissions))
    for page, actions in pages:
        for action in actions:
            GroupPagePermission.objects.create(group=group, page=page, permission=permission(f"wagtailcore.{action}_page"))
    return group


TERMS = ("core.add_topic", "core.change_topic", "core.delete_topic")


@pytest.fixture
def people(site, django_user_model):
    """Logged-in clients; `client.user` is the person."""
    homes = site.homes
    groups = {}
    for code in ("ar", "tr", "de-simple"):
        groups[f"translator_{code}"] = group(f"Übersetzung: {code}", TERMS, [(homes[code], ("change", "add"))])
        rights = ("change", "add", "publish")
        groups[f"lead_{code}"] = group(f"Sprachleitung: {code}", TERMS, [(homes[code], rights)])
        review(groups[f"lead_{code}"], homes[code], code)
    groups["editor"] = group(
        "Redaktion",
        [*TERMS, "wagtail_localize.submit_translation"],
        [(homes["de"], ("change", "add", "publish")), (homes["ar"], ("add",)), (homes["tr"], ("add",))],
    )
    groups["project_editor"] = group(
        "Projekte",
        ["wagtail_localize.submit_translation"],
        [(site.pages["aktuelles"], ("change", "add"))],
    )
    people = {}
    for name, its_group in groups.items():
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "a long password")
        user.groups.add(its_group)
        people[name] = client_of(user)
    people["admin"] = client_of(django_user_model.objects.create_superuser("admin", "admin@example.org", "a long one"))
    return people


def review(leads, home, code):
    workflow = Workflow.objects.create(name=f"Sprachleitung gibt frei: {code}", active=True)
    task = GroupApprovalTask.objects.create(name=f"Freigabe {code}", active=True)
    task.groups.add(leads)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def client_of(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client
