"""What readers can say about translations: "I need this in my language", and "something is wrong here"."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale, Page

from core.addresses import page_address
from core.languages import SOURCE_LANGUAGE
from core.public_forms import HoneypotMixin, public_form
from core.publishing import open_pages
from core.throttling import Limit, client_address
from core.typed_text import plain_text
from translations import demand, reader_notes

# One tap of one device is one wish a day; many devices may share one network address.
ONCE_A_DAY = Limit("wish-once", 1, 24 * 60 * 60)
WISHES_PER_NETWORK_ADDRESS = Limit("wish-from", 100, 60 * 60)
NOTES_PER_NETWORK_ADDRESS = Limit("note-from", 10, 60 * 60)
NOTES_PER_PAGE = Limit("note-about", 60, 60 * 60)
LONGEST_NOTE = 1000


class NoteForm(HoneypotMixin):
    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("A wrong word, a sentence nobody understands, something missing. At most 1,000 characters."),
        error_messages={"required": _("Please write what is wrong.")},
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "maxlength": LONGEST_NOTE}),
    )

    def clean_text(self) -> str:
        text = plain_text(self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n"))
        if len(text) > LONGEST_NOTE:
            raise ValidationError(
                _("The note has %(count)d characters; 1,000 are possible."), params={"count": len(text)}
            )
        return text


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, key: UUID) -> HttpResponse:
    source, translation = _page(request, key)
    if translation:
        return redirect(page_address(source))
    if request.method != "POST":
        return _show(request, "wish", source)
    if _counts(request, key):
        demand.count(key, _locale(request).pk)
    return redirect("readers:wished", key=key)


@require_safe
def wished(request: HttpRequest, key: UUID) -> HttpResponse:
    source, translation = _page(request, key)
    return redirect(page_address(source)) if translation else _show(request, "wished", source)


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    _source, page = _page(request, key)
    if page is None:
        raise Http404
    if request.method != "POST":
        return _show(request, "note", page, form=NoteForm(use_required_attribute=False))
    form = NoteForm(request.POST, use_required_attribute=False)
    if not form.is_from_a_program:
        if not form.is_valid():
            return _show(request, "note", page, 422, form=form)
        if not (NOTES_PER_NETWORK_ADDRESS.add(client_address(request)) and NOTES_PER_PAGE.add(str(page.pk))):
            form.add_error(None, _("Many notes were sent in the last hour. Please send yours again in an hour."))
            return _show(request, "note", page, 429, form=form)
        reader_notes.leave(key, page.locale_id, form.cleaned_data["text"])
    return redirect("readers:noted", key=key)


@require_safe
def noted(request: HttpRequest, key: UUID) -> HttpResponse:
    _source, page = _page(request, key)
    if page is None:
        raise Http404
    return _show(request, "noted", page)


def _page(request: HttpRequest, key: UUID) -> tuple[Page, Page | None]:
    """The public German page, and its live text in the reader's language. What is hidden is as if it did not exist."""
    versions = Page.objects.filter(translation_key=key, live=True, alias_of=None).select_related("locale")
    source = open_pages(versions.filter(locale__language_code=SOURCE_LANGUAGE)).first()
    if source is None:
        raise Http404
    if request.LANGUAGE_CODE == SOURCE_LANGUAGE:
        return source, source
    return source, open_pages(versions.filter(locale__language_code=request.LANGUAGE_CODE)).first()


def _locale(request: HttpRequest) -> Locale:
    locale = Locale.objects.filter(language_code=request.LANGUAGE_CODE).first()
    if locale is None:
        raise Http404
    return locale


def _counts(request: HttpRequest, key: UUID) -> bool:
    """Not the second tap of the same device on the same day, nor one of a flood. Both are thanked all the same."""
    address, device = client_address(request), request.headers.get("User-Agent", "")[:300]
    tap = (address, device, str(key), request.LANGUAGE_CODE, timezone.localdate().isoformat())
    return ONCE_A_DAY.add(*tap) and WISHES_PER_NETWORK_ADDRESS.add(address)


def _show(request: HttpRequest, name: str, about: Page, status: int = 200, **context) -> HttpResponse:
    return render(request, f"translations/{name}.html", {"about": about, **context}, status=status)
