from django import template

from campaigns.newsletter.offer import Offer

register = template.Library()


@register.simple_tag
def newsletter() -> Offer:
    """What the reader is offered."""
    return Offer()
