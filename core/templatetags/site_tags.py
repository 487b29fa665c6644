"""Small things every template needs: icons, vocabulary labels, structured data, QR codes, counted numbers."""

import json
from functools import lru_cache

import segno
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.models.vocabulary import labels as vocabulary_labels
from core.share_image.address import address

register = template.Library()

JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def base_url() -> str:
    return settings.BASE_URL


@register.simple_tag
def share_image_address(page) -> str:
    """Of the picture that others see where the page's address is shared."""
    return address(page)


@register.simple_tag
def labels(terms) -> list:
    """Labels (key, text, language) of a page's vocabulary terms in the reader's language."""
    return vocabulary_labels(terms)


@register.simple_tag
def json_ld(data) -> str:
    """schema.org data as a data block; harmless to the Content-Security-Policy because it is no script."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, default=str).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def structured_data(context, page) -> dict | None:
    return page.structured_data(context.get("request"))


@register.simple_tag
@lru_cache(maxsize=1000)
def qr_code(address: str) -> str:
    """An inline SVG that leads to `address`; decorative, because the address is printed beside it.

    Making one takes a quarter of the time of a page, so that those of the last thousand addresses (3 MB) are kept.
    """
    code = segno.make(address, error="m", micro=False)
    path = code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return mark_safe(path.replace("<svg", '<svg aria-hidden="true"', 1))  # noqa: S308 - made of numbers only


@register.simple_tag
def icon(name: str, classes: str = "") -> str:
    """An icon of the sprite; directional ones are mirrored by CSS."""
    return format_html(
        '<svg class="icon icon-{0} {1}" aria-hidden="true" focusable="false"><use href="{2}#{0}"/></svg>',
        name,
        classes,
        static("icons/sprite.svg"),
    )
