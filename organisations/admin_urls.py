from django.urls import include, path

from organisations.views import contact_details, member_imports, proposals
from organisations.views.overview import OverviewView

own = [
    path("", OverviewView.as_view(), name="overview"),
    path("results/", OverviewView.as_view(results_only=True), name="overview_results"),
    path("proposals/", proposals.ProposalsView.as_view(), name="proposals"),
    path("proposals/<int:pk>/", proposals.ReviewView.as_view(), name="proposal"),
    path("proposals/<int:pk>/photo/", proposals.photo, name="proposal_photo"),
    path("imports/", member_imports.ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>/", member_imports.ImportView.as_view(), name="import"),
    path("imports/<int:pk>/apply/", member_imports.apply_import, name="import_apply"),
    path("imports/<int:pk>/cancel/", member_imports.cancel_import, name="import_cancel"),
    path("imports/<int:pk>/progress/", member_imports.progress, name="import_progress"),
    path("export/", member_imports.export_list, name="export"),
    path("<int:page_id>/contact/", contact_details.ContactDetailsView.as_view(), name="contact"),
    path("<int:page_id>/contact/hide/", contact_details.hide_contact, name="hide_contact"),
    path("<int:page_id>/hide/", contact_details.hide_profile, name="hide_profile"),
    path("<int:page_id>/links/revoke/", contact_details.revoke_links, name="revoke_links"),
]


def admin_urls() -> list:
    return [path("organisations/", include((own, "organisations_admin")))]
