from django import template

from translations import deleting

register = template.Library()


@register.simple_tag
def translated_of(items: list[dict]) -> str:
    """What Wagtail's page before deleting many says about their translations."""
    return deleting.warning(deleting.translated([entry["item"] for entry in items]))
