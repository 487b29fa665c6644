"""Whose drafts and files somebody sees in the admin, beyond the pages they may open.

Wagtail lists live pages, and everything in the parts of the tree somebody works in. Its choosers, its own API and one
report go further and show titles of all drafts and names of all files; here they do not.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from wagtail.admin.api.serializers import AdminPageSerializer, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.dispatcher import index as run_bulk_action
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from core.drafts import known_to

CHOOSING = ["choose", "add", "change", "delete"]


def visible_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """A `construct_page_chooser_queryset` hook."""
    return known_to(request.user, pages)


def refuse_forbidden_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right to move when moving, not when it shows both titles. A `before_move_page` hook."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


def visible_explorer(view: str):
    """Wagtail opens whatever lies below the root of what the user may explore, drafts of others included."""
    opened = page_viewset_registry.as_view(view, parent_page_id_kwarg="parent_page_id")

    def explore(request: HttpRequest, parent_page_id: int) -> HttpResponse:
        if visible_pages(Page.objects.filter(pk=parent_page_id), request).exists():
            return opened(request, parent_page_id=parent_page_id)
        return redirect("wagtailadmin_explore_root")

    return explore


class VisibleBrowseView(BrowseView):
    """Does not open a draft of others, whoever guesses its number."""

    def get(self, request, parent_page_id=None):
        response = super().get(request, parent_page_id)
        if visible_pages(Page.objects.filter(pk=self.parent_page.pk), request).exists():
            return response
        if parent_page_id:
            raise Http404
        return super().get(request, Page.get_first_root_node().pk)


class VisibleChosenMultipleView(ChosenMultipleView):
    def get(self, request):
        wanted = [int(pk) for pk in request.GET.getlist("id") if pk.isdecimal() and len(pk) < 19]
        visible = visible_pages(Page.objects.filter(pk__in=wanted), request).values_list("pk", flat=True)
        request.GET = QueryDict("&".join(f"id={pk}" for pk in visible))
        return super().get(request)


class VisiblePageTypesUsageView(PageTypesUsageReportView):
    def decorate_paginated_queryset(self, page_types):
        page_types = super().decorate_paginated_queryset(page_types)
        last = [item.last_edited_page_id for item in page_types if item.last_edited_page_id]
        visible = set(visible_pages(Page.objects.filter(pk__in=last), self.request).values_list("pk", flat=True))
        for item in page_types:
            if item.last_edited_page_id not in visible:
                item.last_edited_page = None
        return page_types


def visible_bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail lists what it then refuses by title. Things one may not even see are left out before."""
    model = _bulk_model(app_label, model_name)
    wanted = request.GET.getlist("id")
    if model and "all" not in wanted:
        numbers = [int(pk) for pk in wanted if pk.isdecimal() and len(pk) < 19]
        objects = _visible(model.objects.filter(pk__in=numbers), request)
        visible = _topmost(objects) if model is Page and action == "delete" else {*objects.values_list("pk", flat=True)}
        query = request.GET.copy()
        query.setlist("id", [pk for pk in numbers if pk in visible])
        request.GET = query
    return run_bulk_action(request, app_label, model_name, action)


def _topmost(pages: QuerySet) -> set[int]:
    """What lies below another of these goes with it; Wagtail would look for it afterwards and fail."""
    chosen = {path: pk for pk, path in pages.values_list("pk", "path")}
    return {pk for path, pk in chosen.items() if not any(path != other and path.startswith(other) for other in chosen)}


def _bulk_model(app_label: str, model_name: str):
    models = (Page, get_image_model(), get_document_model())
    return next((m for m in models if (m._meta.app_label, m._meta.model_name) == (app_label, model_name)), None)


def _visible(objects: QuerySet, request: HttpRequest) -> QuerySet:
    if objects.model is Page:
        return visible_pages(objects, request)
    policy = policy_registry.get_by_type(objects.model)
    own = policy.instances_user_has_any_permission_for(request.user, CHOOSING)
    return objects.filter(pk__in=own.values("pk"))


class VisibleTranslationsField(PageTranslationsField):
    def to_representation(self, page):
        translations = super().to_representation(page)
        own = self.context["base_queryset"].filter(pk__in=[item["id"] for item in translations])
        visible = set(own.values_list("pk", flat=True))
        return [item for item in translations if item["id"] in visible]


class VisiblePageSerializer(AdminPageSerializer):
    translations = VisibleTranslationsField(read_only=True)


class VisiblePagesAPI(PagesAdminAPIViewSet):
    base_serializer_class = VisiblePageSerializer


class ChoosableOnly:
    """Files of collections this user may choose from or work in."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, CHOOSING)
        return super().get_queryset().filter(pk__in=own.values("pk"))


class VisibleImagesAPI(ChoosableOnly, ImagesAdminAPIViewSet):
    pass


class VisibleDocumentsAPI(ChoosableOnly, DocumentsAdminAPIViewSet):
    pass


def narrow_admin_api(router) -> None:
    """A `construct_admin_api` hook, after those that register Wagtail's own endpoints."""
    router.register_endpoint("pages", VisiblePagesAPI)
    router.register_endpoint("images", VisibleImagesAPI)
    router.register_endpoint("documents", VisibleDocumentsAPI)
