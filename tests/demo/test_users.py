import pytest
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from core.models import User
from demo.users import load_users, logins


def test_every_login_works_and_has_its_role(demo_site):
    for login in logins():
        user = authenticate(username=login.username, password=login.password)
        assert user, login.username
        assert [group.name for group in user.groups.all()] == [login.group]
        assert user.has_perm("wagtailadmin.access_admin")


def test_there_is_a_login_for_every_kind_of_role(demo_site):
    kinds = {name.partition(":")[0] for name in Group.objects.values_list("name", flat=True)}
    assert {login.group.partition(":")[0] for login in logins()} == kinds


@pytest.mark.parametrize("login", logins(), ids=lambda login: login.username)
def test_passwords_satisfy_the_rules(login):
    password_validation.validate_password(login.password, User(username=login.username, first_name=login.first_name))


def test_no_login_where_demo_is_off(site, settings):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        load_users()
    assert not User.objects.exists()


def test_a_changed_password_stays(demo_site):
    user = User.objects.get(username="redaktion")
    user.set_password("something else entirely")
    user.save()
    load_users()
    assert authenticate(username="redaktion", password="something else entirely")


def test_logins_are_printed(capsys):
    call_command("show_logins")
    printed = capsys.readouterr().out
    assert all(login.password in printed for login in logins())
