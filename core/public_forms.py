"""Forms on public pages: cacheable by anybody, without cookie or token, safe from double clicks and other sites."""

from datetime import timedelta
from functools import partial, wraps
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.handlers.exception import response_for_exception
from django.core.validators import EmailValidator
from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from core.email_addresses import can_be_written_to
from core.models import DoneOnce

KEPT_FOR = timedelta(days=2)


def public_form(view=None, *, cacheable: bool = False):
    """For a view that takes posts of a public form: those of other sites are refused with a page that says so.

    With `cacheable`, any cache may hold the empty form; what follows a post stays private in any case.
    """
    if view is None:
        return partial(public_form, cacheable=cacheable)

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs):
        if request.method == "POST" and not is_own_origin(request):
            response = render(request, "core/foreign_origin.html", status=403)
        else:
            response = view(request, *args, **kwargs)
        if request.method == "POST" or not cacheable:
            add_never_cache_headers(response)
        return response

    return checked


def secret_address(view):
    """For pages whose address is a key: nobody keeps it, nobody passes it on, no log repeats it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except Http404 as error:  # also behind a key that opens something: its 404 is nobody's either
            response = response_for_exception(request, error)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Cache-Control"] = "private, no-store"
        response._has_been_logged = True  # Django's log of answers from 400 on names the address
        return response

    return guarded


def is_own_origin(request: HttpRequest) -> bool:
    """What the browser says about the page the form was on. Without a word of it (old browsers, scripts; `null` from
    old browsers on pages that pass no referrer on) it counts as ours: there is no session another site could abuse."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return origin in ("", "null") or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address at all, such as http://[::1
        return False


def first_time(purpose: str, *parts: object) -> bool:
    """Whether this very thing has not been done in the last days. Call in the transaction that does it.

    The database decides, so that of twenty equal posts at once one goes through. Only a keyed hash is kept.
    """
    digest = salted_hmac(f"core.public_forms.{purpose}", "\0".join(map(str, parts)), algorithm="sha256").hexdigest()
    _row, created = DoneOnce.objects.get_or_create(digest=digest)
    return created


def forget_done() -> int:
    """Delete what is older than a repeated post can reasonably be; returns how many."""
    return DoneOnce.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class AddressField(forms.EmailField):
    """An email address that mail can be sent to; it keeps its own text for those it cannot."""

    def clean(self, value):
        address = super().clean(value)
        if address and not can_be_written_to(address):
            raise ValidationError(self.error_messages.get("invalid", EmailValidator.message), code="invalid")
        return address


class HoneypotMixin(forms.Form):
    """One field that people do not see. Programs that fill it in are answered as if all were well."""

    fax_number = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get(self.add_prefix("fax_number"), "").strip())
