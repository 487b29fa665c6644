"""What campaigns hold on people and when it goes; see core.personal_data, core.retention, campaigns.retention."""

from functools import partial, reduce
from operator import or_

from django.db.models import Q, QuerySet

from campaigns import retention
from campaigns.funding.proof import packing
from campaigns.mailing import retention as deliveries
from campaigns.models import (
    CampaignPage,
    ConsentText,
    Delivery,
    Departure,
    EventPage,
    KeptOut,
    MailSent,
    PressLink,
    Registration,
    RegistrationLink,
    SignUp,
    SignUpLink,
    Subscriber,
    SubscriberLink,
)
from campaigns.newsletter import subscribing
from campaigns.newsletter.retention import forget_dead_mailboxes
from campaigns.opt_in.keeping_out import keyed
from campaigns.registering import guest_lists, steps
from campaigns.share_kit.press_access import useless_links
from campaigns.taking_part import signing
from core.email_addresses import normalised
from core.personal_data import Holding
from core.retention import Rule, rows


def agreed_to(address: str) -> QuerySet[ConsentText]:
    """Word for word. A text is others', too; what nobody is left to have agreed to goes by a rule below."""
    of_whom = (f"{relation.name}__email_key" for relation in ConsentText._meta.related_objects)
    theirs = reduce(or_, (Q(**{name: normalised(address)}) for name in of_whom))
    return ConsentText.objects.filter(theirs).distinct()


HOLDINGS = [
    # Before the people, by whom they are found.
    Holding(
        Delivery,
        lambda address: deliveries.to_address(address, {"newsletter": Subscriber, "campaign_update": SignUp}),
    ),
    Holding(SignUp, lambda address: SignUp.objects.filter(email_key=normalised(address)), erase=signing.take_back),
    Holding(
        Subscriber, lambda address: Subscriber.objects.filter(email_key=normalised(address)), erase=subscribing.refuse
    ),
    Holding(
        Registration, lambda address: Registration.objects.filter(email_key=normalised(address)), erase=steps.take_back
    ),
    Holding(ConsentText, agreed_to, erase=None),
    Holding(Departure, lambda address: Departure.objects.filter(address=keyed(address))),
    Holding(MailSent, lambda address: MailSent.objects.filter(address=keyed(address)), erase=None),
    Holding(KeptOut, lambda address: KeptOut.objects.filter(address=keyed(address)), erase=None),
]

RULES = [
    Rule("sign-ups that were never confirmed", partial(retention.forget_unconfirmed, SignUp, "campaign")),
    rows("sign-ups of campaigns that are over", retention.done_sign_ups),
    rows("links to sign-ups", partial(retention.useless_links, SignUpLink)),
    Rule("registrations that were never confirmed", partial(retention.forget_unconfirmed, Registration, "date__event")),
    Rule("guest lists of events that are over", guest_lists.delete),
    rows("links to registrations", partial(retention.useless_links, RegistrationLink)),
    Rule("subscriptions that were never confirmed", partial(retention.forget_unconfirmed, Subscriber, None)),
    rows("links to subscriptions", partial(retention.useless_links, SubscriberLink)),
    Rule("readers whose mailbox is gone", forget_dead_mailboxes),
    Rule("who mailings went to", deliveries.forget),
    rows("departures from the newsletter", retention.old_departures),
    rows("addresses that were written to", retention.old_mail_marks),
    rows("links to press kits", useless_links),
    Rule("consent texts of nobody", retention.forget_consent_texts),
    Rule("files of exports", retention.forget_export_files),
    rows("log of exports", retention.old_exports),
    Rule("proof packs", packing.purge),
]

EXPLAINED = {
    CampaignPage: "The public office that letters go to, as the page names it.",
    PressLink: "The editorial office that a press kit under embargo was opened for, and a hash of its key.",
    RegistrationLink: "Hangs on a registration; a hash of a token, no address.",
    SignUpLink: "Hangs on a sign-up; a hash of a token, no address.",
    SubscriberLink: "Hangs on a subscription; a hash of a token, no address.",
    EventPage: "Where an event takes place.",
}
