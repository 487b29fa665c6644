from django.urls import path

from news.feeds import NewsAtomFeed, NewsFeed

app_name = "news"

urlpatterns = [
    path("aktuelles/feed/", NewsFeed(), name="rss"),
    path("aktuelles/feed/atom/", NewsAtomFeed(), name="atom"),
]
