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
