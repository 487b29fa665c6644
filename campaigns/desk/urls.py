from django.urls import include, path

from campaigns.desk import staff

own = [
    path("<int:page_id>/staff/", staff.StaffView.as_view(), name="staff"),
]


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("taking-part/", include((own, "campaign_desk")))]
