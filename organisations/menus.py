"""Where the directory shows in the admin's menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from organisations.rights import keeps_organisations


class OrganisationsItem(MenuItem):
    def is_shown(self, request):
        return keeps_organisations(request.user)


def organisations_item() -> MenuItem:
    return OrganisationsItem(
        _("Organisations"), reverse("organisations_admin:overview"), icon_name="group", name="organisations", order=240
    )


class MemberListItem(MenuItem):
    def is_shown(self, request):
        return keeps_organisations(request.user)  # as the item above it: asked once for both


def member_list_item() -> MenuItem:
    return MemberListItem(
        _("Import and export"),
        reverse("organisations_admin:imports"),
        icon_name="download",
        name="member-list",
        order=242,
    )
