"""Signing, confirming, taking back. Each in one transaction; whoever comes second finds it done.

The answer to a form is the same for a new address, a known one and one that wants no mail from us: each way asks the
database about as much, prepares a mail, and leads to the same page.
"""

from django.db import transaction
from django.utils import timezone

from campaigns.models import CampaignPage, DayFigures, SignUp, Subscriber
from campaigns.newsletter import subscribing
from campaigns.opt_in.keeping_out import is_kept_out, keep_out
from campaigns.opt_in.pacing import may_be_written_to
from campaigns.taking_part import links, mails, tally
from campaigns.taking_part.form import SignUpForm
from core.email_addresses import normalised


@transaction.atomic
def sign(campaign: CampaignPage, form: SignUpForm, language: str) -> None:
    """Keep what the valid `form` says and ask by mail whether it is true."""
    typed = form.cleaned_data
    address = typed["email"]
    sign_up = _keep(campaign, form, address, language)
    if sign_up is None:
        sign(campaign, form, language)
        return
    if not sign_up.confirmed_at:
        sign_up.ways.set(form.chosen_ways)
    write = mails.known if sign_up.confirmed_at else mails.ask
    mail = write(sign_up, links.make(sign_up))
    if is_kept_out(campaign, address):
        mail.prepared()
        transaction.set_rollback(True)  # all the same work, of which nothing stays
    elif may_be_written_to(address, _form(campaign)):
        mail.send()


def _keep(campaign: CampaignPage, form: SignUpForm, address: str, language: str) -> SignUp | None:
    """A new row, or what was said last in one that is not confirmed. What is confirmed only its owner changes.

    None where it was taken back at the same moment.
    """
    typed = form.cleaned_data
    values = {name: typed[name] for name in ("name", "postal_code", "comment", "shows_name", "wants_updates")}
    values |= {"email": address, "language": language, "consent": form.agreed_to, "is_held_back": form.names_an_address}
    values["newsletter_consent"] = form.newsletter_consent
    sign_up, created = SignUp.objects.get_or_create(campaign=campaign, email_key=normalised(address), defaults=values)
    if created:
        return sign_up
    # Of many posts at once the others wait here, and then find that the mail has been sent.
    sign_up = SignUp.objects.select_for_update().select_related("campaign").filter(pk=sign_up.pk).first()
    if sign_up and not sign_up.confirmed_at:
        for name, value in (values | {"requested_at": timezone.now()}).items():
            setattr(sign_up, name, value)
        sign_up.save()
    return sign_up


@transaction.atomic
def confirm(sign_up: SignUp) -> bool:
    """False where it was confirmed already, or taken back."""
    now = timezone.now()
    if not SignUp.objects.pending().filter(pk=sign_up.pk).update(confirmed_at=now):
        return False
    sign_up.confirmed_at = now
    tally.add(sign_up.campaign, 1)
    DayFigures.count(sign_up.campaign_id, sign_up.language, "confirmed")
    mails.thank(sign_up, links.make(sign_up)).send()
    if sign_up.newsletter_consent:
        subscribing.subscribe_with(sign_up.email, sign_up.newsletter_consent, Subscriber.CAMPAIGN)
    return True


def stop_updates(sign_up: SignUp) -> None:
    """Still counted, and told nothing more."""
    SignUp.objects.filter(pk=sign_up.pk).update(wants_updates=False)


@transaction.atomic
def take_back(sign_up: SignUp) -> None:
    """Deletes everything but a hash, which keeps the address from getting further mail of this campaign."""
    row = SignUp.objects.select_for_update().filter(pk=sign_up.pk).first()
    if row is None:
        return
    keep_out(row.campaign, row.email)
    if row.confirmed_at:
        tally.add(row.campaign, -1)
        DayFigures.count(row.campaign_id, row.language, "withdrawn")
    row.delete()


@transaction.atomic
def ask_again(sign_up: SignUp) -> bool:
    """Send the question once more, as often as the form itself might; False where it may not go, or needs not."""
    if sign_up.confirmed_at or not sign_up.campaign.takes_sign_ups:
        return False
    if not may_be_written_to(sign_up.email, _form(sign_up.campaign)):
        return False
    mails.ask(sign_up, links.make(sign_up)).send()
    return True


@transaction.atomic
def send_again(sign_up: SignUp) -> None:
    """For somebody whose link has become too old. A new one works for two days, so they are kept as if asking anew."""
    SignUp.objects.pending().filter(pk=sign_up.pk).update(requested_at=timezone.now())
    ask_again(sign_up)


def _form(campaign: CampaignPage) -> str:
    return f"campaign {campaign.pk}"
