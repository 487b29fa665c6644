"""The pages behind the link in the mailbox. Looking changes nothing, mail scanners look; only a button acts, once."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.db import transaction
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.public_forms import public_form, secret_address
from organisations.models import DirectoryPage
from organisations.upkeep import links, proposals
from organisations.upkeep.change_form import ChangeForm
from organisations.upkeep.hiding import hide_contact, hide_profile
from organisations.upkeep.links import Found
from organisations.upkeep.record import confirm, locked_record
from organisations.upkeep.rows import HoursRows, SpokenRows, with_more
from organisations.upkeep.typed import Text

STATUS = {
    links.DAMAGED: 404,
    links.UNKNOWN: 404,
    links.OTHER: 404,
    links.EXPIRED: 410,
    links.USED: 410,
    links.REVOKED: 410,
    links.GONE: 410,
    links.HIDDEN: 410,
}
INVALID = 422
MOST_ROWS = {"hours": HoursRows.max_num, "languages": SpokenRows.max_num}


def behind_link(view):
    """Gives the view what the link leads to, or answers why it leads nowhere."""

    @secret_address
    @public_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def checked(request: HttpRequest, key: str, token: str):
        found = links.find(key, token)
        if found.refusal == links.USED and request.method == "POST":
            return redirect("organisations:profile_done", key, token)  # a double click, or a reload of the form
        return refuse(request, key, found) if found.refusal else view(request, found, addresses(key, token))

    return checked


def addresses(key: str, token: str) -> dict[str, str]:
    """Of the pages behind one link."""
    names = ("link", "change", "close", "hide", "done")
    return {name: reverse(f"organisations:profile_{name}", args=[key, token]) for name in names}


def refuse(request: HttpRequest, key: str, found: Found) -> HttpResponse:
    can_ask = found.page and found.page.live and found.page.status != found.page.CLOSED
    context = {
        "refusal": found.refusal,
        "organisation": found.page if found.page and found.page.live else None,
        "used_for": found.link.used_for if found.link else "",
        "ask": reverse("organisations:send_link", args=[found.page.entry.key]) if can_ask else "",
        "directory": DirectoryPage.objects.listed().first(),
    }
    return render(request, "organisations/upkeep/refused.html", context, status=STATUS[found.refusal])


@secret_address
@public_form
def cut_off(request: HttpRequest, key: str):
    """The link without its token, as some mail programs break it."""
    return refuse(request, key, Found(links.DAMAGED, links.page_of(key)))


def _act(found: Found, behind: dict, action: str, do: Callable[[], object]) -> HttpResponse:
    """Once: whoever comes second is shown what the first has done."""
    with transaction.atomic():
        locked_record(found.page)  # before the link, as in every other transaction: nobody waits crosswise
        if links.use(found.link, action):
            do()
    return redirect(behind["done"])


def _show(request: HttpRequest, name: str, found: Found, behind: dict, status: int = 200, **context) -> HttpResponse:
    context |= {"organisation": found.page, "link": found.link, "behind": behind}
    return render(request, f"organisations/upkeep/{name}.html", context, status=status)


@behind_link
def link(request: HttpRequest, found: Found, behind: dict):
    """What can be done, and "all right" with one button."""
    if request.method == "POST":
        return _act(found, behind, links.CONFIRM, lambda: confirm(found.page))
    return _show(request, "link", found, behind, waiting=proposals.waiting(found.page))


class CloseForm(forms.Form):
    message = Text(
        label=_("What happened? (if you want to say)"),
        required=False,
        max_length=2000,
        help_text=_("Not published."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@behind_link
def close(request: HttpRequest, found: Found, behind: dict):
    """ "No longer exists": the coordinator checks it."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        message = form.cleaned_data["message"] if form.is_bound else ""
        return _act(found, behind, links.CLOSE, lambda: proposals.propose_closed(found.page, message))
    return _show(request, "close", found, behind, INVALID if form.errors else 200, form=form)


@behind_link
def hide(request: HttpRequest, found: Found, behind: dict):
    """At once, without anybody's approval."""
    what = request.POST.get("what")
    if what == "contact":
        return _act(found, behind, links.HIDE_CONTACT, lambda: hide_contact(found.page))
    if what == "profile":
        return _act(found, behind, links.HIDE_PROFILE, lambda: hide_profile(found.page))
    return _show(request, "hide", found, behind, INVALID if request.method == "POST" else 200)


@behind_link
def change(request: HttpRequest, found: Found, behind: dict):
    waiting = proposals.waiting(found.page)
    data = files = None
    more = request.POST.get("more", "")
    if request.method == "POST":
        data, files = request.POST, request.FILES
        if more in MOST_ROWS:
            data = with_more(data, more, MOST_ROWS[more])
    form = ChangeForm(data, files, page=found.page, waiting=waiting)
    rows = {
        "opening_hours": HoursRows(data, initial=form.rows_initial["opening_hours"], prefix="hours"),
        "spoken_languages": SpokenRows(data, initial=form.rows_initial["spoken_languages"], prefix="languages"),
    }
    context = {"form": form, "hours": rows["opening_hours"], "languages": rows["spoken_languages"]}
    if more in MOST_ROWS:
        _be_quiet(form, *rows.values())
        return _show(request, "change", found, behind, **context, more=more)
    if data is not None and _are_valid(form, *rows.values()):
        values = form.proposed({name: formset.stored() for name, formset in rows.items()})
        message = form.cleaned_data["message"]
        if values or message:
            return _act(
                found,
                behind,
                links.CHANGE,
                lambda: proposals.propose(
                    found.page,
                    values,
                    message=message,
                    photo=form.photo_bytes(),
                    photo_consent=form.photo_consent_noted(),
                ),
            )
        form.add_error(None, _("You have changed nothing. If everything is right, go back and press “All right”."))
    return _show(request, "change", found, behind, INVALID if data is not None else 200, **context)


def _be_quiet(form: ChangeForm, *formsets: forms.BaseFormSet) -> None:
    """Somebody who asks for more rows is not done yet: nothing is called wrong."""
    for one in (form, *(row for formset in formsets for row in formset.forms)):
        one._errors = ErrorDict()
    for formset in formsets:
        formset._errors, formset._non_form_errors = [], ErrorList()


def _are_valid(*forms) -> bool:
    """All of them, so that every error shows at once."""
    valid = [form.is_valid() for form in forms]
    return all(valid)


@secret_address
@public_form
def done(request: HttpRequest, key: str, token: str):
    """What was done with this link; the same after a reload or a double click."""
    found = links.find(key, token)
    if found.refusal == links.USED and found.link.used_for:
        context = {"organisation": found.page, "used_for": found.link.used_for}
        return render(request, "organisations/upkeep/done.html", context)
    if found.refusal:
        return refuse(request, key, found)
    return redirect("organisations:profile_link", key, token)
