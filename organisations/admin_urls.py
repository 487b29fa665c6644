from django.urls import include, path

from organisations.views.contact_details import ContactDetailsView
from organisations.views.overview import OverviewView

own = [
    path("", OverviewView.as_view(), name="overview"),
    path("results/", OverviewView.as_view(results_only=True), name="overview_results"),
    path("proposals/", OverviewView.as_view(), name="proposals"),
    path("<int:page_id>/contact/", ContactDetailsView.as_view(), name="contact"),
]


def admin_urls() -> list:
    return [path("organisations/", include((own, "organisations_admin")))]
