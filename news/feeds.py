from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.addresses import absolute
from core.languages import reader_language
from news.models import NewsIndexPage, NewsPage

LENGTH = 30


class NewsFeed(Feed):
    """The newest news in the language of the address; German where nobody has translated an item yet."""

    def get_object(self, request):
        return NewsIndexPage.objects.listed().with_text().first()

    def title(self, index):
        return f"NeMO – {index.text.title if index else _('News')}"

    def description(self, index):
        return index.text.summary if index else ""

    def link(self, index):
        return absolute(index) if index else settings.BASE_URL

    def feed_url(self, index):
        return settings.BASE_URL + reverse(f"news:{self.name}")

    def items(self, index):
        return NewsPage.objects.newest()[:LENGTH]

    def item_title(self, page):
        return page.text.title

    def item_description(self, page):
        return page.text.summary

    def item_link(self, page):
        return absolute(page)

    def item_guid(self, page):
        return f"urn:uuid:{page.translation_key}"

    item_guid_is_permalink = False
    name = "rss"

    def item_pubdate(self, page):
        return timezone.make_aware(datetime.combine(page.date, time(12)))

    def item_updateddate(self, page):
        return page.last_published_at

    @property
    def language(self):
        return reader_language()


class NewsAtomFeed(NewsFeed):
    feed_type = Atom1Feed
    subtitle = NewsFeed.description
    name = "atom"
