"""Many objects brought into the index of the search at once."""

from collections.abc import Sequence

from django.db import models
from wagtail.search.backends import get_search_backends

from core.models import BasePage


def index_many(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    """As they are in memory."""
    pages = objects if issubclass(model, BasePage) else []
    for page in pages:
        page.stems = page.stems()  # asked for five times
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, objects)
    for page in pages:
        del page.stems
