from wagtail import blocks


class CardChooserBlock(blocks.PageChooserBlock):
    """Chooses pages of one type and loads them with all that a card shows, in one query for the whole stream."""

    def __init__(self, page_type, **kwargs):
        super().__init__(page_type=page_type, **kwargs)

    def bulk_to_python(self, values):
        pages = self.model_class.objects.with_cards().with_openness().in_bulk(values)
        return [pages.get(value) for value in values]


def open_ones(pages) -> list:
    """Of chosen pages those that are live and not behind a login or password."""
    return [page for page in pages if page and page.live and page.is_open]
