"""German first, whatever language the browser asks for; then the user's own choice."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("header", ["en", "ar", "de"])
def test_the_login_page_is_german(client, header):
    response = client.get("/admin/login/", headers={"accept-language": header})
    assert '<html lang="de"' in response.content.decode()


def test_a_user_reads_the_admin_in_the_chosen_language(client):
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "secret")
    client.force_login(user)
    assert 'lang="de"' in client.get("/admin/").content.decode()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "ar"})
    assert 'lang="ar" dir="rtl"' in client.get("/admin/").content.decode()


@pytest.mark.parametrize("header", ["en", "ar", "de"])
def test_the_admin_says_itself_what_it_does_not_find(admin_client, header):
    response = admin_client.get("/admin/pages/999999/edit/", headers={"accept-language": header})
    assert response.status_code == 404
    assert {template.name for template in response.templates} >= {"wagtailadmin/404.html"}
