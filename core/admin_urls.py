"""Addresses of Wagtail's admin that show less here; they stand in front of Wagtail's own (see core.visibility)."""

from django.http import Http404
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core import visibility


def nothing_here(request):
    """Instead of the view that fails on purpose, to test error reports."""
    raise Http404


def guarded(patterns: list) -> list:
    """With all that Wagtail puts around its own addresses."""
    for decorator in (require_admin_access, display_custom_404, never_cache):
        patterns = decorate_urlpatterns(patterns, decorator)
    return patterns


USAGE = "reports/page-types-usage/"

urlpatterns = [
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", visibility.visible_bulk_action),
    path("pages/<int:parent_page_id>/", visibility.visible_explorer("index")),
    path("pages/<int:parent_page_id>/results/", visibility.visible_explorer("index_results")),
    path("choose-page/", visibility.VisibleBrowseView.as_view()),
    path("choose-page/<int:parent_page_id>/", visibility.VisibleBrowseView.as_view()),
    path("choose-page/chosen-multiple/", visibility.VisibleChosenMultipleView.as_view()),
    path(USAGE, visibility.VisiblePageTypesUsageView.as_view()),
    path(f"{USAGE}results/", visibility.VisiblePageTypesUsageView.as_view(results_only=True)),
    path("failwhale/", nothing_here),
]

urlpatterns = guarded(urlpatterns)
