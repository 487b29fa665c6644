"""Which formatting editors get, and where links in rich text lead."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text import LinkHandler

from core.addresses import page_address
from core.publishing import leads_somewhere

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]
INLINE = ["bold", "italic", "link"]


class PageLinkHandler(LinkHandler):
    """Keeps the reader's language: the address of a page is the same in all of them, so no translation is looked up.

    A link to a page that is not live, or closed until later, leads nowhere, like one to a page that was deleted.
    """

    identifier = "page"

    @staticmethod
    def get_model():
        return Page

    @classmethod
    def expand_db_attributes(cls, attrs):
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        pages = cls.get_many(attrs_list)
        return [
            f'<a href="{escape(page_address(page))}">' if page and leads_somewhere(page) else "<a>" for page in pages
        ]

    @classmethod
    def extract_references(cls, attrs):
        yield Page, attrs["id"], "", ""


def link_in_readers_language(features) -> None:
    """A `register_rich_text_features` hook, after the one that registers Wagtail's own links to pages."""
    features.register_link_type(PageLinkHandler)
