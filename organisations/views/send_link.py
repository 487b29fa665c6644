from django import forms
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.public_forms import HoneypotMixin, public_form
from core.throttling import Limit, client_address
from organisations.models import OrganisationPage
from organisations.tasks import send_link_if_known
from organisations.upkeep.links import page_of

PER_NETWORK_ADDRESS = Limit("profile-link", 30, 60 * 60)


class SendLinkForm(HoneypotMixin):
    email = forms.EmailField(
        label=_("Your organisation's email address"),
        error_messages={
            "required": _("Please enter the email address."),
            "invalid": _("Please enter a whole email address, for example info@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def send_link(request: HttpRequest, key: str):
    """The same answer whether or not the address is the one we know: the mail is sent by a task, or none is."""
    page = page_of(key)
    if page is None or page.status == OrganisationPage.CLOSED:
        return render(request, "organisations/upkeep/no_profile.html", status=404 if page is None else 410)
    form = SendLinkForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if PER_NETWORK_ADDRESS.add(client_address(request)):
                if not form.is_from_a_program:
                    send_link_if_known.enqueue(str(page.entry.key), form.cleaned_data["email"])
                return render(request, "organisations/upkeep/link_sent.html", {"organisation": page})
            form.add_error(None, _("Too many requests from your connection. Please try again in an hour."))
            status = 429
    return render(request, "organisations/upkeep/send_link.html", {"organisation": page, "form": form}, status=status)
