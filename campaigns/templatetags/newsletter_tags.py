from django import template

from campaigns.models import NewsletterPage
from campaigns.newsletter.offer import Offer

register = template.Library()


@register.simple_tag
def newsletter(page: NewsletterPage | None = None) -> Offer:
    """What the reader is offered; `page` where it is the newsletter's own."""
    return Offer(page)
