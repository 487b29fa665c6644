"""Address, phone and what of them is public: a form of its own, because it holds at once and without a draft."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import EditView
from wagtail.log_actions import log

from core.languages import SOURCE_LANGUAGE
from organisations.models import OfficeRecord, OrganisationPage
from organisations.safety import release

FIELDS = [
    "street",
    "postal_code",
    "place",
    "municipality",
    "state",
    "latitude",
    "longitude",
    "precision",
    "phone",
    "shows_phone",
    "email",
    "language",
    "open_data",
    "consent",
    "term_months",
]


class ContactDetailsForm(forms.ModelForm):
    class Meta:
        model = OfficeRecord
        fields = FIELDS


class ContactDetailsView(EditView):
    model = OfficeRecord
    form_class = ContactDetailsForm
    page_title = _("Address and contact")
    header_icon = "mail"
    success_message = _("The contact details of “%(object)s” hold from now on.")
    error_message = _("Nothing was saved. Please look at the marked fields.")

    def get_object(self, queryset=None):
        pages = OrganisationPage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        page = get_object_or_404(pages, pk=self.kwargs["page_id"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return OfficeRecord.objects.get_or_create(organisation=page)[0]

    def user_has_permission(self, permission):
        return True  # asked of the page, in `get_object`

    def get_edit_url(self):
        return reverse("organisations_admin:contact", args=[self.object.pk])

    def get_success_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.object.pk])

    def get_success_buttons(self):
        return []

    def get_breadcrumbs_items(self):
        page = self.object.organisation
        return [
            {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def save_instance(self):
        record = super().save_instance()
        release(record.organisation)
        log(
            record.organisation,
            "organisations.contact",
            user=self.request.user,
            data={"fields": self.form.changed_data},
        )
        return record
