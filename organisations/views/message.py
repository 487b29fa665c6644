"""Writing to an organisation: the visitor learns no address, the organisation decides whether to answer."""

import re
from functools import partial
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.public_forms import AddressField, HoneypotMixin, public_form
from core.throttling import Limit, client_address
from core.typed_text import one_line, plain_text
from organisations.models import OrganisationPage
from organisations.relay import NoMailbox, TooMany, mailbox_of, pass_on

# Generous: a whole town hall may share one network address.
PER_NETWORK_ADDRESS = Limit("relay-from", 20, 60 * 60)
PER_ORGANISATION = Limit("relay-to", 30, 60 * 60)

LONGEST_MESSAGE = 3000
MOST_LINKS = 3
LINK = re.compile(r"https?://|\bwww\.", re.I)


class MessageForm(HoneypotMixin):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Please tell the organisation your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("Only the organisation gets it, so that it can answer you."),
        error_messages={
            "required": _("Please enter your email address, so that the organisation can answer you."),
            "invalid": _("Please enter a whole email address, for example info@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("You may write in any language. At most 3,000 characters."),
        error_messages={"required": _("Please write a message.")},
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "maxlength": LONGEST_MESSAGE}),
    )

    def clean_name(self) -> str:
        name = one_line(self.data.get(self.add_prefix("name"), ""), self.cleaned_data["name"])
        if LINK.search(name):
            raise ValidationError(_("Please write your name here, without a web address."))
        return name

    def clean_message(self) -> str:
        text = plain_text(self.cleaned_data["message"].replace("\r\n", "\n").replace("\r", "\n"))
        if len(text) > LONGEST_MESSAGE:
            raise ValidationError(
                _("The message has %(count)d characters; 3,000 are possible."), params={"count": len(text)}
            )
        if len(LINK.findall(text)) > MOST_LINKS:
            raise ValidationError(_("There are many web addresses in it. Please leave in three at most."))
        return text


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, key: UUID):
    page = _page(key)
    if mailbox_of(page) is None:
        return _no_mailbox(request, page)
    if request.method != "POST":
        return _show(request, page, MessageForm(use_required_attribute=False), 200)
    form = MessageForm(request.POST, use_required_attribute=False)
    if form.is_from_a_program:
        return _done(page)
    if not form.is_valid():
        return _show(request, page, form, 422)
    texts = (form.cleaned_data[name] for name in ("name", "email", "message"))
    try:
        pass_on(page, *texts, is_allowed=partial(_is_allowed, request, page))
    except TooMany:
        form.add_error(None, _("Many messages were sent in the last hour. Yours was not; please try again in an hour."))
        return _show(request, page, form, 429)
    except NoMailbox:
        return _no_mailbox(request, page)
    return _done(page)


@require_safe
def sent(request: HttpRequest, key: UUID):
    return render(request, "organisations/message_sent.html", {"organisation": _page(key)})


def _page(key: UUID) -> OrganisationPage:
    """A public one: what is hidden, locked or closed cannot be written to, as if it did not exist."""
    page = (
        OrganisationPage.objects.listed().filter(entry__key=key).with_text().select_related("entry", "record").first()
    )
    if page is None:
        raise Http404
    return page


def _is_allowed(request: HttpRequest, page: OrganisationPage) -> bool:
    return PER_NETWORK_ADDRESS.add(client_address(request)) and PER_ORGANISATION.add(str(page.entry.key))


def _show(request: HttpRequest, page: OrganisationPage, form: MessageForm, status: int):
    return render(request, "organisations/message.html", {"organisation": page, "form": form}, status=status)


def _no_mailbox(request: HttpRequest, page: OrganisationPage):
    typed = request.POST.get("message", "") if request.method == "POST" else ""
    status = 409 if request.method == "POST" else 200
    return render(request, "organisations/message_none.html", {"organisation": page, "typed": typed}, status=status)


def _done(page: OrganisationPage):
    return redirect("organisations:message_sent", key=page.entry.key)
