from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from core.models import DoneOnce
from core.public_forms import KEPT_FOR, HoneypotMixin, first_time, public_form


@public_form
def private(request):
    return HttpResponse("form")


@public_form(cacheable=True)
def cacheable(request):
    return HttpResponse("form")


def post(view, **headers):
    return view(RequestFactory().post("/", headers=headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "null"},
        {"Referer": "http://testserver/de/"},
    ],
)
def test_posts_from_our_own_pages_arrive_also_from_old_browsers(headers):
    assert post(private, **headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://[::1"},
        {"Referer": "http://elsewhere.example/testserver"},
    ],
)
def test_posts_from_other_sites_are_refused_with_a_page(site, headers):
    answer = post(private, **headers)
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    assert "<h1>" in answer.content.decode()


def test_only_what_is_said_to_be_cacheable_is_and_never_after_a_post():
    get = RequestFactory().get("/")
    assert "no-store" in private(get)["Cache-Control"]
    assert not cacheable(get).has_header("Cache-Control")
    assert "no-store" in post(cacheable)["Cache-Control"]


def test_views_need_no_token():
    assert private.csrf_exempt
    assert cacheable.csrf_exempt


def test_the_same_thing_happens_once(db):
    assert first_time("mail", "a", "b")
    assert not first_time("mail", "a", "b")
    assert first_time("mail", "ab", "")
    assert first_time("other", "a", "b")


def test_what_failed_may_be_tried_again(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert first_time("mail", 1)
        raise ZeroDivisionError
    assert first_time("mail", 1)


def test_no_word_of_it_is_kept(db):
    first_time("mail", "visible")
    assert "visible" not in DoneOnce.objects.get().digest


def test_it_is_forgotten_in_time(db):
    first_time("mail", 1)
    first_time("mail", 2)
    DoneOnce.objects.filter(pk=DoneOnce.objects.first().pk).update(
        created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1)
    )
    call_command("purge_personal_data")
    assert DoneOnce.objects.count() == 1


class Form(HoneypotMixin):
    pass


@pytest.mark.parametrize(
    ("typed", "is_program"), [({}, False), ({"fax_number": " "}, False), ({"fax_number": "1"}, True)]
)
def test_whoever_fills_in_what_people_do_not_see_is_a_program(typed, is_program):
    form = Form(typed)
    assert form.is_valid()
    assert form.is_from_a_program == is_program
    assert 'tabindex="-1"' in form.as_p()
