"""Where the picture of a page is. Known without a query, so that every page can name it."""

import hashlib
import json

from django.conf import settings
from django.urls import reverse

from core.models import BasePage
from core.share_image.design import DESIGN, SENDER

DIGITS = 20


def digest(page: BasePage) -> str:
    """Of everything that is drawn: another title or picture has another address."""
    picture = page.facts.listing_image
    drawn = [
        DESIGN,
        SENDER,
        settings.BASE_URL,
        page.title,
        page.text_language,
        page.tone,
        [picture.file.name, str(picture.get_focal_point())] if picture else None,
    ]
    return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()[:DIGITS]


def address(page: BasePage) -> str:
    return reverse("share_image", args=[page.pk, digest(page)])
