"""The newsletter's form, the link that confirms, and the links in every issue: preferences and the way out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import KeptOut
from campaigns.newsletter import subscribing, unsubscribing
from campaigns.newsletter.form import PreferencesForm, SubscribeForm
from campaigns.newsletter.offer import Offer
from campaigns.newsletter.unsubscribing import Reader
from campaigns.opt_in.links import DAMAGED, STATUS
from core.languages import reader_language
from core.public_forms import public_form, secret_address
from core.throttling import SoftLimit, client_address

# Generous: a whole town hall, or a stand on a market place, may share one network address.
PER_NETWORK_ADDRESS = SoftLimit("newsletter", 300, 60 * 60)
INVALID, TOO_MANY, NOT_OFFERED = 422, 429, 409


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    offer = Offer() if posted else _public_offer()  # whoever was typing when the newsletter closed is told so
    if not posted or not offer.is_made:
        return _page(request, "subscribe", NOT_OFFERED if posted else 200, offer=offer)
    form = offer.form = SubscribeForm(offer.page, request.POST)
    if form.is_from_a_program:
        return redirect("campaigns:subscribe_sent")
    if not form.is_valid():
        return _page(request, "subscribe", INVALID, offer=offer)
    if not PER_NETWORK_ADDRESS.add(client_address(request)):
        form.add_error(
            None, _("Many people have subscribed from your connection in the last hour. Please try again in a minute.")
        )
        return _page(request, "subscribe", TOO_MANY, offer=offer)
    subscribing.subscribe(offer.page, form, reader_language())
    return redirect("campaigns:subscribe_sent")


def _public_offer() -> Offer:
    offer = Offer()
    if offer.page is None:
        raise Http404
    return offer


def _page(request: HttpRequest, name: str, status: int = 200, **context) -> HttpResponse:
    context.setdefault("offer", Offer())
    return render(request, f"campaigns/newsletter/{name}.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _page(request, "sent", offer=_public_offer())


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the first mail: shows what can be done; `confirm` and `refuse` are buttons."""
    found = subscribing.find(token)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if found.owner and action == "refuse":
        address = unsubscribing.preferences_address(found.owner)
        subscribing.refuse(found.owner)
        return _page(request, "refused_by_owner", address=address)
    if action == "confirm" and not found.refusal:
        subscribing.confirm(found.owner)
        found = subscribing.find(token)  # it may have been taken back at the same moment
    if found.refusal:
        return _page(request, "broken_link", STATUS[found.refusal], refusal=found.refusal)
    subscriber = found.owner
    if not subscriber.is_reachable:
        return _page(request, "confirm", subscriber=subscriber)
    address = unsubscribing.preferences_address(subscriber)
    return _page(request, "done", address=address, just_now=action == "confirm")


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    reader = unsubscribing.find(token)
    if reader is None:
        return _page(request, "broken_link", STATUS[DAMAGED], refusal=DAMAGED)
    if request.method == "POST":
        return _change(request, reader, token)
    if reader.subscriber is None:
        return _not_subscribed(request, reader)
    return _preferences(request, reader, _preferences_form(reader))


def _change(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    action, subscriber = request.POST.get("action", ""), reader.subscriber
    if action == "let_in":
        KeptOut.objects.filter(page=None, address=reader.keyed).delete()
    if subscriber is None:
        return _not_subscribed(request, reader)
    if action == "resume":
        subscribing.confirm(subscriber)
        return redirect("campaigns:newsletter_preferences", token=token)
    form = _preferences_form(reader, request.POST)
    if not form.is_valid():
        return _preferences(request, reader, form, INVALID)
    changed = subscribing.change(subscriber, form.cleaned_data)
    if changed is None:
        return _not_subscribed(request, reader)
    return redirect(f"{unsubscribing.preferences_path(changed)}?saved=1")


def _preferences_form(reader: Reader, data=None) -> PreferencesForm:
    return PreferencesForm(Offer(), reader.subscriber, data)


def _preferences(request: HttpRequest, reader: Reader, form: PreferencesForm, status: int = 200) -> HttpResponse:
    context = {"subscriber": reader.subscriber, "form": form, "saved": request.GET.get("saved") == "1"}
    return _page(request, "preferences", status, **context, unsubscribe=unsubscribing.token(reader.subscriber))


def _not_subscribed(request: HttpRequest, reader: Reader) -> HttpResponse:
    return _page(request, "not_subscribed", is_kept_out=reader.is_kept_out)


@secret_address
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Any post unsubscribes, wherever it comes from: mail providers send one without cookie or origin (RFC 8058).

    They want no redirect. Looking changes nothing.
    """
    reader = unsubscribing.find(token)
    if reader is None:
        return _page(request, "broken_link", STATUS[DAMAGED], refusal=DAMAGED)
    if request.method == "POST":
        if reader.subscriber:
            subscribing.leave(reader.subscriber)
        return _page(request, "unsubscribed")
    if reader.subscriber is None:
        return _not_subscribed(request, reader)
    address = unsubscribing.preferences_path(reader.subscriber)
    return _page(request, "unsubscribe", address=address)
