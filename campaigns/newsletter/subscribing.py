"""Subscribing, confirming, changing, leaving. Each in one transaction; whoever comes second finds it done.

The answer to the form is the same for a new address, a known one and one that wants no mail from us: each way asks the
database about as much, prepares a mail, and leads to the same page.

Other forms (of campaigns and events) may offer the newsletter with a tick of its own beside the consent text of
`offer.page_in(language)`; `opt_in.consent.text_shown(None, …)` keeps that text. Their page with the button to confirm
must say that the button also subscribes. Then, in the transaction that confirms: `subscribe_with(…)`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import ConsentText, DayFigures, Departure, NewsletterPage, Subscriber, SubscriberLink
from campaigns.newsletter import mails, offer
from campaigns.newsletter.form import SubscribeForm, chosen
from campaigns.opt_in.keeping_out import is_kept_out, keep_out, keyed, let_in
from campaigns.opt_in.links import Found, Links
from campaigns.opt_in.pacing import may_be_written_to
from core.email_addresses import normalised

FORM = "newsletter"
# Leaving is no ban, but whoever has left is not asked every day whether they want to come back.
BETWEEN_QUESTIONS = timedelta(days=7)
_links = Links(SubscriberLink, "campaigns.newsletter.subscribing")


@transaction.atomic
def subscribe(page: NewsletterPage, form: SubscribeForm, language: str) -> None:
    """Keep what the valid `form` says and ask by mail whether it is true. `page` is in `language`."""
    address = form.cleaned_data["email"]
    subscriber = _keep(form, address, language)
    if subscriber is None:
        subscribe(page, form, language)
        return
    if subscriber.is_reachable:
        mail = mails.known(subscriber, offer.page_in(subscriber.language) or page)
    else:
        mail = mails.ask(subscriber, page, _link(subscriber))
    if is_kept_out(None, address):
        mail.prepared()
        transaction.set_rollback(True)  # all the same work, of which nothing stays
    elif _may_be_asked(subscriber):
        mail.send()


def find(token: str) -> Found:
    """Whose the link in the mail is that asks for confirmation."""
    return _links.find(token, "consent")


@transaction.atomic
def confirm(subscriber: Subscriber) -> bool:
    """False where it was confirmed already, or taken back. Mail that had stopped because it bounced starts anew."""
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None or row.is_reachable:
        return False
    _begin(row)
    return True


@transaction.atomic
def subscribe_with(address: str, agreed_to: ConsentText, source: str) -> Subscriber:
    """For somebody who has just proved in another form (`source`) that the address is theirs, and ticked the newsletter.

    Whoever gets it already keeps what they chose.
    """
    let_in(None, address)
    values = _values(address, agreed_to, source)
    subscriber, _created = Subscriber.objects.get_or_create(email_key=normalised(address), defaults=values)
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None:  # left at the same moment
        return subscribe_with(address, agreed_to, source)
    if not row.confirmed_at:
        for name, value in values.items():
            setattr(row, name, value)
    if not row.is_reachable:
        _begin(row)
    return row


@transaction.atomic
def change(subscriber: Subscriber, typed: dict) -> Subscriber | None:
    """Language and topics, as their owner chose them. None where they have left at the same moment."""
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None:
        return None
    row.language = typed["language"]
    row.save(update_fields=["language"])
    if "topics" in typed:
        row.topics.set(chosen(typed))
    return row


@transaction.atomic
def leave(subscriber: Subscriber) -> bool:
    """Deletes everything but a hash, at once; False where it was done already."""
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None:
        return False
    if row.confirmed_at:
        Departure.objects.update_or_create(address=row.keyed, defaults={"left_at": timezone.now(), "asked_at": None})
        DayFigures.count(None, row.language, "withdrawn")
    row.delete()
    return True


@transaction.atomic
def refuse(subscriber: Subscriber) -> None:
    """ "That was not me": leaves, and gets no more mail from the form until the owner of the address says otherwise."""
    if leave(subscriber):
        keep_out(None, subscriber.email)


def _keep(form: SubscribeForm, address: str, language: str) -> Subscriber | None:
    """A new row, or what was said last in one that is not confirmed. What is confirmed only its owner changes.

    None where it was taken back at the same moment.
    """
    values = _values(address, form.agreed_to, Subscriber.FORM) | {"language": language}
    subscriber, created = Subscriber.objects.get_or_create(email_key=normalised(address), defaults=values)
    if not created:
        # Of many posts at once the others wait here, and then find that the mail has been sent.
        subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if subscriber and not subscriber.confirmed_at:
        for name, value in (values | {"requested_at": timezone.now()}).items():
            setattr(subscriber, name, value)
        subscriber.save()
        subscriber.topics.set(chosen(form.cleaned_data))
    return subscriber


def _values(address: str, agreed_to: ConsentText, source: str) -> dict:
    return {
        "email": address,
        "keyed": keyed(address),
        "language": agreed_to.language,
        "consent": agreed_to,
        "source": source,
    }


def _may_be_asked(subscriber: Subscriber) -> bool:
    left = Departure.objects.filter(address=subscriber.keyed)
    now = timezone.now()
    if not subscriber.confirmed_at and left.filter(asked_at__gt=now - BETWEEN_QUESTIONS).exists():
        return False
    if not may_be_written_to(subscriber.email, FORM):
        return False
    left.update(asked_at=now)
    return True


def _begin(row: Subscriber) -> None:
    """Mail starts, for the first time or anew; the row is locked."""
    if not row.confirmed_at:
        DayFigures.count(None, row.language, "confirmed")
    row.confirmed_at, row.stopped_at = timezone.now(), None
    row.hard_bounces = row.soft_bounces = 0
    row.save()
    _thank(row)


def _thank(subscriber: Subscriber) -> None:
    """In their language; where the newsletter has gone meanwhile, the page itself says thank you."""
    page = offer.page_in(subscriber.language)
    if page:
        mails.thank(subscriber, page).send()


def _link(subscriber: Subscriber) -> str:
    with override(subscriber.language):
        return settings.BASE_URL + reverse("campaigns:subscription", args=[_links.make(subscriber)])
