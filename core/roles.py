"""Who may do what, as data: each package lists its roles in `<package>/roles.py`, `sync` brings the groups in line.

A role owns the group of its name: rights that the data does not name are taken away again. All other groups, and who
is in which group, are the administrators' business.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.urls import get_resolver
from django.utils.module_loading import module_has_submodule
from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

STOCK_GROUPS = ["Editors", "Moderators"]
STOCK_WORKFLOW = "Moderators approval"

# Pictures and documents lie in collections; these are the permissions that wagtail attaches to them.
CHOOSE = ["wagtailimages.choose_image", "wagtaildocs.choose_document"]
ADD = ["wagtailimages.add_image", "wagtaildocs.add_document"]
CHANGE = ["wagtailimages.change_image", "wagtaildocs.change_document"]
ROOT_COLLECTION = "Root"
SHARED_COLLECTION = "Für alle"

TO_THE_ADMIN = "wagtailadmin.access_admin"
TO_TRANSLATE = "wagtail_localize.submit_translation"


@dataclass(frozen=True)
class Role:
    """`permissions` are written app.codename; `pages` and `collections` hold for everything below them, too."""

    name: str
    permissions: Iterable[str] = ()
    pages: dict[Page, list[str]] = field(default_factory=dict)
    collections: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Approval:
    """A workflow of one step: what others submit below `page`, the members of a role publish or send back."""

    name: str
    page: Page
    role: str


def packages() -> Iterator[ModuleType]:
    """The modules that list roles. Importing them also connects what they listen to."""
    for config in apps.get_app_configs():
        if config.name != "core" and module_has_submodule(config.module, "roles"):
            module = import_module(f"{config.name}.roles")
            if hasattr(module, "roles"):
                yield module


@transaction.atomic
def sync() -> None:
    """Bring groups and workflows in line with what the packages say. Safe to repeat."""
    apply(administrators())
    modules = list(packages())
    for module in modules:
        if hasattr(module, "prepare"):
            module.prepare()
    for module in modules:
        for role in module.roles():
            apply(role)
    for module in modules:
        for approval in getattr(module, "approvals", list)():
            establish(approval)
    _retire_stock()


def administrators() -> Role:
    """Everything the form for groups offers."""
    _ = get_resolver().url_patterns  # Wagtail's views bring their permissions when the admin's addresses are loaded
    offered = Permission.objects.none()
    for permissions_of in hooks.get_hooks("register_permissions"):
        offered = offered | permissions_of()
    on_pages = ["add", "change", "publish", "bulk_delete", "lock", "unlock"]
    on_collections = [f"wagtailcore.{action}_collection" for action in ("add", "change", "delete")]
    return Role(
        "Administration",
        permissions={f"{app}.{codename}" for app, codename in offered.values_list(APP, "codename")},
        pages={Page.get_first_root_node(): on_pages},
        collections={ROOT_COLLECTION: CHOOSE + ADD + CHANGE + on_collections},
    )


def on_model(model: type[models.Model], *actions: str) -> list[str]:
    """Permission names: `on_model(Topic, "change")` is `["core.change_topic"]`."""
    return [f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in actions]


def apply(role: Role) -> Group:
    group, _created = Group.objects.get_or_create(name=role.name)
    group.permissions.set(_permissions(role.permissions))
    on_pages = [(page.pk, f"wagtailcore.{action}_page") for page, actions in role.pages.items() for action in actions]
    _set(GroupPagePermission, group, "page_id", on_pages)
    on_collections = [
        (collection(name).pk, permission) for name, names in role.collections.items() for permission in names
    ]
    _set(GroupCollectionPermission, group, "collection_id", on_collections)
    return group


def _set(model: type[models.Model], group: Group, place: str, wanted: list[tuple[int, str]]) -> None:
    """Exactly the wanted (place, permission name) rows."""
    ids = {name: permission.pk for name, permission in _by_name({name for _pk, name in wanted}).items()}
    missing = {(pk, ids[name]) for pk, name in wanted}
    for row in model.objects.filter(group=group):
        key = (getattr(row, place), row.permission_id)
        if key in missing:
            missing.remove(key)
        else:
            row.delete()
    for pk, permission_id in missing:
        model.objects.create(group=group, permission_id=permission_id, **{place: pk})


def _permissions(names: Iterable[str]) -> list[Permission]:
    return list(_by_name({*names}).values())


APP = "content_type__app_label"


def _by_name(names: set[str]) -> dict[str, Permission]:
    codenames = {name.partition(".")[2] for name in names}
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(codename__in=codenames).select_related("content_type")
    }
    unknown = names - found.keys()
    if unknown:
        raise LookupError(f"No such permission: {', '.join(sorted(unknown))}")
    return {name: found[name] for name in names}


def collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    if name == ROOT_COLLECTION:
        return root
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def establish(approval: Approval) -> None:
    """Create the workflow where it is missing; what administrators make of it afterwards stays."""
    workflow, created = Workflow.objects.get_or_create(name=approval.name)
    if created:
        task = GroupApprovalTask.objects.create(name=approval.name)
        task.groups.set(Group.objects.filter(name=approval.role))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.get_or_create(page=approval.page, defaults={"workflow": workflow})


def _retire_stock() -> None:
    """Wagtail's own groups may publish everywhere and wagtail-localize lets them submit everything."""
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW):
        if WorkflowState.objects.filter(workflow=workflow).exists():
            workflow.deactivate()
        else:
            workflow.delete()
    GroupApprovalTask.objects.filter(name=STOCK_WORKFLOW, workflow_tasks=None, task_states=None).delete()
    groups = Group.objects.filter(name__in=STOCK_GROUPS)
    groups.filter(user=None).delete()
    for group in groups:
        group.permissions.remove(*_permissions([TO_TRANSLATE]))
