"""A small site with somebody who works in one part of it only."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from home.models import ContentPage, HomePage

FILES = [f"{action}_{kind}" for action in ("add", "change", "choose") for kind in ("image", "document")]


def home():
    locale, _created = Locale.objects.get_or_create(language_code="de")
    root = Page.get_first_root_node() or Page.add_root(title="Root", locale=locale)
    existing = HomePage.objects.filter(locale=locale).first()
    return existing or root.add_child(instance=HomePage(title="Start", slug="test-start", locale=locale))


def add(parent, title, *, live=True, **values):
    page = parent.add_child(instance=ContentPage(title=title, slug=values.pop("slug", ""), live=live, **values))
    page.save_revision()
    return page


def person(
    django_user_model, name, page=None, permissions=("add_page", "change_page", "publish_page"), collection=None
):
    """Somebody with rights below `page` and on files in `collection`."""
    user = django_user_model.objects.create_user(name, f"{name}@example.org", "a long password")
    group = Group.objects.create(name=f"Group of {name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    if page:
        for permission in Permission.objects.filter(codename__in=permissions, content_type__app_label="wagtailcore"):
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    if collection:
        on_files = {"content_type__app_label__in": ["wagtailimages", "wagtaildocs"], "codename__in": FILES}
        for permission in Permission.objects.filter(**on_files):
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    return user


def collection(name):
    return Collection.get_first_root_node().add_child(name=name)
