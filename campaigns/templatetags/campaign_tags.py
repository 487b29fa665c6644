from django import template
from django.urls import reverse
from wagtail.models import Page

from campaigns.models import CampaignPage, EventDate, EventPage
from campaigns.registering.offer import DateOffer
from campaigns.registering.offer import Offer as RegistrationOffer
from campaigns.share_kit.press_pack import Pack
from campaigns.taking_part.offer import Offer
from campaigns.taking_part.sharing import Way, ways
from campaigns.taking_part.standing import standing
from core.addresses import page_address

register = template.Library()


@register.simple_tag
def taking_part(page: CampaignPage) -> Offer:
    return Offer(page)


@register.simple_tag
def share_links(campaign: CampaignPage) -> list[Way]:
    return ways(campaign)


@register.simple_tag
def press_address(pack: Pack, kind: str, *place: int) -> str:
    """Of the whole pack, or of a picture or document by its place in the list."""
    return reverse(f"campaigns:press_{kind}", args=[pack.key, *place])


@register.simple_tag
def registration_offer(page: EventPage) -> RegistrationOffer:
    return RegistrationOffer(page)


@register.simple_tag
def registration_on(offer: RegistrationOffer, date: EventDate) -> DateOffer | None:
    return offer.on(date)


@register.simple_tag
def share_kit_of(page: Page) -> dict:
    """What others may take from a campaign or project: motifs, and the press kit that everybody may see now."""
    found = standing(page)
    path = found.get("press_kit")
    return {"has_motifs": found.get("has_motifs"), "press_kit": path and page_address(Page(url_path=path))}
