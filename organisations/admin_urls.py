from django.urls import include, path

from organisations.views.contact_details import ContactDetailsView

own = [
    path("<int:page_id>/contact/", ContactDetailsView.as_view(), name="contact"),
]


def admin_urls() -> list:
    return [path("organisations/", include((own, "organisations_admin")))]
