import json
import logging
import sys

from django.http import HttpResponse
from django.test import RequestFactory

from core.logging import JsonFormatter
from core.middleware import request_id


def line(message="Hello %s", *args, **extra):
    record = logging.LogRecord(
        "core", logging.ERROR, __file__, 1, message, args or ("you",), extra.pop("exc_info", None)
    )
    record.__dict__.update(extra)
    return JsonFormatter().format(record)


def test_a_record_is_one_line():
    text = line("Zeile eins\nZeile zwei: %s", "أهلا")
    assert "\n" not in text
    entry = json.loads(text)
    assert (entry["message"], entry["level"], entry["logger"]) == ("Zeile eins\nZeile zwei: أهلا", "ERROR", "core")


def test_a_failure_carries_its_traceback():
    try:
        raise ZeroDivisionError("why")
    except ZeroDivisionError:
        entry = json.loads(line(exc_info=sys.exc_info()))
    assert "ZeroDivisionError: why" in entry["traceback"]


def test_the_request_is_named_without_its_parameters():
    request = RequestFactory().get("/de/?email=somebody@example.org")
    text = line(request=request, status_code=500)
    entry = json.loads(text)
    assert (entry["path"], entry["method"], entry["status"]) == ("/de/", "GET", 500)
    assert "somebody" not in text


def test_all_lines_of_a_request_carry_its_id():
    lines = []

    def view(request):
        lines.append(json.loads(line())["request_id"])
        return HttpResponse()

    response = request_id(view)(RequestFactory().get("/"))
    assert lines == [response["X-Request-ID"]]
    assert "request_id" not in json.loads(line())


def test_the_last_word_on_a_request_names_it_too():
    request = RequestFactory().get("/")
    response = request_id(lambda request: HttpResponse())(request)
    assert json.loads(line(request=request))["request_id"] == response["X-Request-ID"]
