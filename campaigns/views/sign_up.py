"""Taking part in a campaign: the form, the link from the mail, and the way back out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import CampaignPage, SignUp
from campaigns.opt_in.links import EXPIRED, STATUS, Found
from campaigns.reader_page import page_for_reader
from campaigns.taking_part import links, signing
from campaigns.taking_part.form import SignUpForm
from campaigns.taking_part.offer import Offer
from core.addresses import page_address
from core.languages import reader_language
from core.models.vocabulary import labels
from core.public_forms import public_form, secret_address
from core.throttling import SoftLimit, client_address

# Generous: a whole town hall, or a stand on a market place, may share one network address.
PER_NETWORK_ADDRESS = SoftLimit("sign-up", 300, 60 * 60)
INVALID, TOO_MANY, CLOSED = 422, 429, 409


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    page = _page(request, slug)
    if page is None or not Offer(page).is_made:
        return _not_offered(request, page)
    if request.method != "POST":
        return _show(request, page, SignUpForm(page), 200)
    form = SignUpForm(page, request.POST)
    if form.is_from_a_program:
        return _almost_done(page)
    if not form.is_valid():
        return _show(request, page, form, INVALID)
    if not PER_NETWORK_ADDRESS.add(client_address(request)):
        form.add_error(
            None, _("Many people have signed from your connection in the last hour. Please try again in a minute.")
        )
        return _show(request, page, form, TOO_MANY)
    signing.sign(page.source, form, reader_language())
    return _almost_done(page)


def _page(request: HttpRequest, slug: str) -> CampaignPage | None:
    """None for a form whose campaign was hidden while somebody filled it in."""
    try:
        return page_for_reader(CampaignPage, slug)
    except Http404:
        if request.method != "POST":
            raise
        return None


def _show(request: HttpRequest, page: CampaignPage, form: SignUpForm, status: int) -> HttpResponse:
    context = {"campaign": page, "offer": Offer(page, form), "form": form}
    return render(request, "campaigns/sign_up.html", context, status=status)


def _not_offered(request: HttpRequest, page: CampaignPage | None) -> HttpResponse:
    """Over, hidden, or not in this language. What somebody has typed meanwhile is shown to be copied."""
    posted, offer = request.method == "POST", Offer(page) if page else None
    if offer and offer.is_open and not posted:  # a letter or the newsletter, which stand on the page itself
        return redirect(page_address(page))
    typed = [request.POST.get(name, "") for name in ("name", "email", "comment")] if posted else []
    context = {"campaign": page, "offer": offer, "typed": [*filter(None, typed)]}
    status = CLOSED if posted else 200
    return render(request, "campaigns/sign_up_closed.html", context, status=status if page else 404)


def _almost_done(page: CampaignPage) -> HttpResponse:
    return redirect("campaigns:sign_up_sent", slug=page.slug)


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "campaigns/sign_up_sent.html", {"campaign": page_for_reader(CampaignPage, slug)})


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Shows what can be done; `confirm`, `send_again`, `stop_updates` and `take_back` are buttons."""
    found = links.find(slug, token)
    slug = found.owner.campaign.slug if found.owner else slug
    action = _action(request)
    if action == "send_again" and _may_go_again(found):
        signing.send_again(found.owner)
        return redirect("campaigns:sign_up_sent", slug=slug)
    if found.owner and action == "take_back":
        signing.take_back(found.owner)
        return _answer(request, slug, "taken_back")
    if found.owner and action == "stop_updates":
        signing.stop_updates(found.owner)
    if action == "confirm" and not found.refusal and _is_as_shown(request, found.owner):
        signing.confirm(found.owner)
    if action:
        found = links.find(slug, token)  # it may have been taken back at the same moment
    if found.refusal:
        again = _may_go_again(found)
        return _answer(request, slug, "refused", STATUS[found.refusal], refusal=found.refusal, again=again)
    if found.owner.confirmed_at:
        done = {"just_now": action == "confirm", "just_stopped": action == "stop_updates"}
        return _answer(request, slug, "done", sign_up=found.owner, **done)
    return _answer(request, slug, "confirm", sign_up=found.owner, ways=labels(found.owner.ways))


def _may_go_again(found: Found) -> bool:
    return found.refusal == EXPIRED and found.owner.campaign.takes_sign_ups


def _is_as_shown(request: HttpRequest, sign_up: SignUp) -> bool:
    """Whether nobody has filled in the form anew since the page with the button was opened; if so, it is shown again."""
    shown = request.POST.get("shown")
    return shown in (None, sign_up.requested_at.isoformat())


def _action(request: HttpRequest) -> str:
    """What button was pressed; mail programs unsubscribe with a post of their own (RFC 8058)."""
    if request.method != "POST":
        return ""
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return "stop_updates"
    return request.POST.get("action", "")


def _answer(request: HttpRequest, slug: str, name: str, status: int = 200, **context) -> HttpResponse:
    """Also where the campaign is not public any more: whoever signed can still withdraw."""
    public = CampaignPage.objects.listed().filter(slug=slug).exists()
    context["campaign"] = page_for_reader(CampaignPage, slug) if public else None
    return render(request, f"campaigns/sign_up_{name}.html", context, status=status)
