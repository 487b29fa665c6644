"""Pages written many at once."""

from collections.abc import Sequence

from wagtail.models import Page


def insert_pages(pages: Sequence[Page]) -> None:
    """Of one type, placed in the tree already. Django has no bulk_create for models in two tables: first the common
    one, then their own.
    """
    if not pages:
        return
    model = type(pages[0])
    common = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in common}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    own = model._meta.local_concrete_fields
    model._base_manager._insert(pages, fields=own, using=model._base_manager.db, raw=True)
