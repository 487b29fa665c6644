from django.urls import path

from organisations.open_data import views

app_name = "open_data"

urlpatterns = [
    path("", views.documentation, name="documentation"),
    path("openapi.json", views.description, name="openapi"),
    path("organisationen.<str:extension>", views.organisations, name="organisations"),
    path("hsds/", views.hsds_api, name="hsds"),
    path("hsds/organizations", views.hsds_organisations, name="hsds_organisations"),
    path("hsds/organizations/<uuid:key>", views.hsds_organisation, name="hsds_organisation"),
    path("hsds/services", views.hsds_services, name="hsds_services"),
    path("hsds/services/<uuid:key>", views.hsds_service, name="hsds_service"),
]
