"""Whose drafts and files somebody sees in the admin, beyond the pages they may open.

Wagtail lists live pages, and everything in the parts of the tree somebody works in. Its choosers, its own API and one
report go further and show titles of all drafts and names of all files; here they do not.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from wagtail.admin.api.serializers import AdminPageSerializer, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet


def visible_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Live pages, and the drafts of where this user works. A `construct_page_chooser_queryset` hook."""
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


def refuse_forbidden_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right to move when moving, not when it shows both titles. A `before_move_page` hook."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


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
        own = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "add", "change", "delete"])
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
