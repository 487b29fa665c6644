from django.urls import include, path

from campaigns.events import desk


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("events/", include((desk.urls, "campaign_events")))]
