from django import template

from campaigns.models import CampaignPage
from campaigns.taking_part.offer import Offer
from campaigns.taking_part.sharing import Way, ways

register = template.Library()


@register.simple_tag
def taking_part(page: CampaignPage) -> Offer:
    return Offer(page)


@register.simple_tag
def share_links(campaign: CampaignPage) -> list[Way]:
    return ways(campaign)
