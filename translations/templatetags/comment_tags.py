from django import template

from translations import comments

register = template.Library()

register.filter("quoted", comments.quoted)


@register.simple_tag
def number_open(thread) -> int:
    return sum(comment.is_open for comment in thread or [])
