"""The machinery: groups become what the data says, and nothing else is touched."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from core import roles
from core.models import User
from core.roles import Approval, Role


def rights(group):
    """Everything a group may do, comparable."""
    return (
        sorted(group.permissions.values_list("codename", flat=True)),
        sorted(group.page_permissions.values_list("page__url_path", "permission__codename")),
        sorted(group.collection_permissions.values_list("collection__name", "permission__codename")),
    )


def everything():
    groups = {group.name: rights(group) for group in Group.objects.all()}
    return groups, sorted(Workflow.objects.values_list("name", "active")), WorkflowPage.objects.count()


def test_a_role_becomes_a_group(site):
    group = roles.apply(
        Role(
            "Gäste",
            permissions=["wagtailadmin.access_admin"],
            pages={site: ["add", "change"]},
            collections={"Für Gäste": roles.CHOOSE},
        )
    )
    assert rights(group) == (
        ["access_admin"],
        [("/home/", "add_page"), ("/home/", "change_page")],
        [("Für Gäste", "choose_document"), ("Für Gäste", "choose_image")],
    )


def test_rights_that_are_not_in_the_data_go(site):
    editors = Group.objects.get(name="Redaktion")
    before = rights(editors)
    editors.permissions.add(Permission.objects.get(codename="add_user"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=editors, page=Page.get_first_root_node(), permission=publish)
    choose = Permission.objects.get(codename="choose_image", content_type__app_label="wagtailimages")
    shared = Collection.objects.get(name="Für alle")
    GroupCollectionPermission.objects.create(group=editors, collection=shared, permission=choose)
    roles.sync()
    assert rights(editors) == before


def test_a_second_run_changes_nothing(site):
    before = everything()
    ids = set(GroupPagePermission.objects.values_list("pk", flat=True))
    call_command("sync_roles", verbosity=0)
    assert everything() == before
    assert set(GroupPagePermission.objects.values_list("pk", flat=True)) == ids


def test_other_groups_and_memberships_are_left_alone(site):
    own = Group.objects.create(name="Vorstand")
    own.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("mina", "mina@example.org")
    user.groups.add(own, Group.objects.get(name="Redaktion"))
    roles.sync()
    assert rights(own)[0] == ["access_admin"]
    assert user.groups.count() == 2


def test_a_misspelt_permission_is_an_error(site):
    with pytest.raises(LookupError, match="core.fly_topic"):
        roles.apply(Role("Vögel", permissions=["core.fly_topic"]))


def test_the_stock_groups_are_gone(site):
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_a_stock_group_with_members_stays_but_may_not_submit(site):
    group = Group.objects.create(name="Editors")
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    User.objects.create_user("old", "old@example.org").groups.add(group)
    roles.sync()
    assert rights(group)[0] == []


def test_nobody_but_administrators_has_rights_on_the_root(site):
    on_root = GroupPagePermission.objects.filter(page__depth=1)
    assert set(on_root.values_list("group__name", flat=True)) == {"Administration"}


def test_every_tree_has_a_workflow_of_its_own(site):
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    for home in Page.objects.filter(depth=2):
        workflow = home.get_workflow()
        (task,) = [step.specific for step in workflow.tasks]
        names = [group.name for group in task.groups.all()]
        assert len(names) == 1
        if home.slug == "home":
            assert (workflow.name, names) == ("Redaktion gibt frei", ["Redaktion"])
        else:
            assert workflow.name.startswith("Sprachleitung gibt frei: ")
            assert names[0].startswith("Sprachleitung: ")


def test_what_administrators_make_of_a_workflow_stays(site):
    workflow = Workflow.objects.get(name="Redaktion gibt frei")
    workflow.deactivate()
    roles.sync()
    workflow.refresh_from_db()
    assert not workflow.active
    assert site.get_workflow() is None


def test_an_approval_needs_its_role(site):
    roles.apply(Role("Vorstand"))
    roles.establish(Approval("Vorstand gibt frei", site, "Vorstand"))
    task = GroupApprovalTask.objects.get(name="Vorstand gibt frei")
    assert [group.name for group in task.groups.all()] == ["Vorstand"]
