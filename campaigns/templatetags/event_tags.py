from dataclasses import dataclass

from django import template

from campaigns.events import feed, words

register = template.Library()


@dataclass(frozen=True)
class Subscription:
    address: str  # to copy, or to download what is in it now
    webcal: str  # opens a calendar program


@register.simple_tag
def subscription(search=None, **chosen: str) -> Subscription:
    """To the events that a listing (`search`) or the named filters ask for."""
    if search:
        chosen = {item.name: item.value for item in search.narrowing}
    address = feed.feed_address(chosen)
    return Subscription(address, feed.to_subscribe(address))


@register.filter
def rhythm(facts) -> str:
    return words.rhythm(facts)


@register.filter
def price_text(facts) -> str:
    return words.price(facts)


@register.simple_tag
def is_full_on(outlook, date) -> bool:
    return outlook.is_full_on(date)
