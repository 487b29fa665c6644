from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from core import middleware

PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
PRIVATE = "private, no-store"


def answer(response, method="get", path="/de/", cookies=None):
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES = cookies or {}
    return middleware.response_headers(lambda request: response)(request)


@pytest.mark.parametrize("status", [200, 301, 304, 404])
@pytest.mark.parametrize("method", ["get", "head"])
def test_public_answers_may_be_held_by_any_cache(status, method):
    response = HttpResponse(status=status)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response = answer(response, method)
    assert (response["Cache-Control"], response["Vary"]) == (PUBLIC, "Accept-Encoding")


def test_an_answer_to_head_has_a_length_and_no_body():
    response = HttpResponse("Hallo", headers={"Content-Length": "5"})
    response = answer(response, "head")
    assert (response.content, response["Content-Length"]) == (b"", "5")


def test_a_vary_of_nothing_is_left_out():
    response = HttpResponse()
    patch_vary_headers(response, ["Cookie"])
    assert "Vary" not in answer(response)


def with_cookie():
    response = HttpResponse()
    response.set_cookie("a", "b")
    return response


def restricted():
    """As Wagtail marks pages behind a login or password."""
    response = HttpResponse()
    add_never_cache_headers(response)
    return response


@pytest.mark.parametrize(
    "private",
    [
        lambda: answer(HttpResponse(), "post"),
        lambda: answer(HttpResponse(status=302)),
        lambda: answer(HttpResponse(status=500)),
        lambda: answer(HttpResponse(), path="/admin/"),
        lambda: answer(with_cookie()),
        lambda: answer(HttpResponse(), cookies={"sessionid": "abc"}),
        lambda: answer(restricted()),
    ],
)
def test_what_concerns_one_visitor_is_never_held(private):
    cache_control = private()["Cache-Control"]
    assert "private" in cache_control
    assert "no-store" in cache_control
    assert "public" not in cache_control


def test_views_may_say_better_how_long_they_last():
    response = HttpResponse(headers={"Cache-Control": "public, max-age=31536000, immutable"})
    assert answer(response)["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_public_answers_carry_the_strict_policy(client):
    response = client.get("/robots.txt")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == PUBLIC
    assert not response.cookies


@pytest.mark.django_db
def test_the_admin_has_its_own_policy_and_is_never_held(client, admin):
    for response in (client.get(reverse("wagtailadmin_login")), admin.get(reverse("wagtailadmin_home"))):
        assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]


@pytest.mark.django_db
def test_every_answer_names_its_request(client):
    ids = {client.get(path)["X-Request-ID"] for path in ("/robots.txt", "/robots.txt", "/nothing-here")}
    assert len(ids) == 3
    assert client.get("/robots.txt", headers={"x-request-id": "mine"})["X-Request-ID"] != "mine"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/%00", "/de/%00/", "/de/a%00b/", "/media/images/%00.jpg", "/documents/1/%00", "/%ED%A0%80"]
)
def test_addresses_nobody_can_store_lead_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_parameters_lose_what_no_database_takes(client, rf):
    seen = {}

    def view(request):
        seen.update(get=request.GET.dict(), post=request.POST.dict(), cookies=request.COOKIES)
        return HttpResponse()

    request = rf.post("/?q=a%00b&%00x=1&y=%ED%A0%80&z=ok", {"name": "A\x00B"})
    request.COOKIES = {"sessionid": "abc\x00def", "other": "fine"}
    middleware.clean_query(view)(request)
    assert seen["get"] == {"q": "ab", "x": "1", "y": "\ufffd\ufffd\ufffd", "z": "ok"}
    assert (seen["post"], seen["cookies"]) == ({"name": "AB"}, {"other": "fine"})


@pytest.mark.django_db
def test_no_parameter_upsets_the_login(client):
    data = {"username": "a\x00b", "password": "c\x00d"}
    assert client.post(reverse("wagtailadmin_login") + "?next=%00", data).status_code == 200
    client.cookies["sessionid"] = '"abcdefgh\\000ijkl"'
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.django_db
def test_a_form_with_too_many_fields_is_refused(client):
    fields = "&".join(f"a{number}=1" for number in range(10_001))
    assert client.get(f"/robots.txt?{fields}").status_code == 400
    assert client.post("/robots.txt", fields, content_type="application/x-www-form-urlencoded").status_code == 400
    broken = client.post("/robots.txt", b"--x\r\nbroken", content_type=f"multipart/form-data; boundary={quote('ü')}")
    assert broken.status_code < 500
