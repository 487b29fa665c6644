"""Registering for a date of an event: the form, the link from the mail, and the way back out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import EventPage, Registration
from campaigns.opt_in.links import GONE, STATUS, UNKNOWN
from campaigns.reader_page import page_for_reader
from campaigns.registering import invitation, links, mails, seats, steps
from campaigns.registering.form import RegistrationForm
from campaigns.registering.guest_view import GuestView
from campaigns.registering.offer import DateOffer, Offer
from core.languages import reader_language
from core.public_forms import public_form, secret_address
from core.throttling import SoftLimit, client_address

# Generous: a whole association may register from the one computer of its office.
PER_NETWORK_ADDRESS = SoftLimit("registration", 300, 60 * 60)
INVALID, TOO_MANY, TAKEN = 422, 429, 409


def _date_or_404(page: EventPage, number: int) -> DateOffer:
    date = page.facts.dates.filter(pk=number).first() if page.facts.registers_here else None
    if date is None:
        raise Http404
    date.event = page.facts
    return DateOffer(date, page.facts)


@public_form(cacheable=True)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    try:
        page = page_for_reader(EventPage, slug)
        date = _date_or_404(page, number)
    except Http404:
        if request.method != "POST":
            raise
        return _closed(request, 404)  # hidden or deleted while somebody was typing
    offer = Offer(page)
    if offer.is_elsewhere or not date.is_to_be_had:
        return _not_offered(request, offer, date)
    if request.method != "POST":
        return _show(request, offer, date, RegistrationForm(page), 200)
    form = RegistrationForm(page, request.POST)
    if form.is_from_a_program:
        return _almost_done(page, number)
    if not form.is_valid():
        return _show(request, offer, date, form, INVALID)
    if not PER_NETWORK_ADDRESS.add(client_address(request)):
        form.add_error(
            None, _("Many people have registered from your connection in the last hour. Please try again in a minute.")
        )
        return _show(request, offer, date, form, TOO_MANY)
    steps.register(date.date, form, reader_language())
    return _almost_done(page, number)


def _show(request: HttpRequest, offer: Offer, date: DateOffer, form: RegistrationForm, status: int) -> HttpResponse:
    context = {"event": offer.page, "facts": offer.event, "offer": offer, "date": date, "form": form}
    return render(request, "campaigns/registration.html", context, status=status)


def _not_offered(request: HttpRequest, offer: Offer, date: DateOffer) -> HttpResponse:
    """Full, closed or over, or not in this language."""
    status = TAKEN if request.method == "POST" else 200
    return _closed(request, status, event=offer.page, facts=offer.event, offer=offer, date=date)


def _closed(request: HttpRequest, status: int, **context) -> HttpResponse:
    """What somebody has written meanwhile is shown to be copied."""
    posted = request.method == "POST"
    typed = [request.POST.get(name, "") for name in ("name", "email", "note")] if posted else []
    context["typed"] = [*filter(None, typed)]
    return render(request, "campaigns/registration_closed.html", context, status=status)


def _almost_done(page: EventPage, number: int) -> HttpResponse:
    return redirect("campaigns:registration_sent", slug=page.slug, number=number)


@require_safe
def sent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    page = page_for_reader(EventPage, slug)
    context = {"event": page, "facts": page.facts, "date": _date_or_404(page, number)}
    return render(request, "campaigns/registration_sent.html", context)


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Shows where one stands; `confirm`, `cancel` and `take_back` are buttons."""
    found = links.find(token)
    slug = found.owner.date.event.slug if found.owner else slug
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if found.owner and action in ("cancel", "take_back"):
        {"cancel": steps.cancel, "take_back": steps.take_back}[action](found.owner)
        return _answer(request, slug, "gone", was_me=action == "cancel")
    if action == "confirm" and not found.refusal:
        outcome = steps.confirm(found.owner)
        if outcome == steps.OVER:
            return _refused(request, slug, GONE)
        if outcome == steps.FULL:
            return _answer(request, slug, "taken", TAKEN, left=seats.places_left(found.owner.date))
        found = links.find(token)  # it may have been taken back at the same moment
    if found.refusal:
        return _refused(request, slug, found.refusal)
    return _stands(request, slug, token, found.owner, just_now=action == "confirm")


def _stands(request: HttpRequest, slug: str, token: str, registration: Registration, just_now: bool) -> HttpResponse:
    """Pending, registered or waiting; the date may be over or cancelled meanwhile."""
    if not registration.confirmed_at and not steps.takes_confirmations(registration.date):
        return _refused(request, slug, GONE)
    guest = GuestView(registration)
    return _answer(request, slug, guest.page, guest=guest, token=token, just_now=just_now)


def _refused(request: HttpRequest, slug: str, refusal: str) -> HttpResponse:
    return _answer(request, slug, "refused", STATUS[refusal], refusal=refusal)


def _answer(request: HttpRequest, slug: str, name: str, status: int = 200, **context) -> HttpResponse:
    """Also where the event is not public any more: whoever registered can still cancel."""
    is_public = EventPage.objects.listed().filter(slug=slug).exists()
    context["event"] = page_for_reader(EventPage, slug) if is_public else None
    return render(request, f"campaigns/registration_{name}.html", context, status=status)


@secret_address
@require_safe
def calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The date with its join link, for the registered only."""
    found = links.find(token)
    slug = found.owner.date.event.slug if found.owner else slug
    if found.refusal or not found.owner.seated_at:
        return _refused(request, slug, found.refusal or UNKNOWN)
    content = invitation.calendar(found.owner, mails.title(found.owner))
    response = HttpResponse(content, content_type=f"{invitation.KIND}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response
