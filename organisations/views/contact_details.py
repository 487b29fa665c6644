"""Address, phone and what of them is public: a form of its own, because it holds at once and without a draft."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import EditView
from wagtail.log_actions import log

from core.languages import SOURCE_LANGUAGE
from organisations.models import OfficeRecord, OrganisationPage, ProfileLink
from organisations.rights import organisations_of
from organisations.upkeep import hiding, links
from organisations.upkeep.record import locked_record, save_and_release

PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("municipality"), FieldPanel("state")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Address, as the office knows it"),
        ),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("email"), FieldPanel("language")], heading=_("Phone and mailbox")
        ),
        MultiFieldPanel(
            [FieldPanel("precision"), FieldPanel("shows_phone"), FieldPanel("open_data"), FieldPanel("consent")],
            heading=_("What the public sees"),
        ),
        MultiFieldPanel([FieldPanel("term_months")], heading=_("Confirmation")),
    ],
    base_form_class=WagtailAdminModelForm,
).bind_to_model(OfficeRecord)


def page_in_care(user, pk: int) -> OrganisationPage:
    page = get_object_or_404(OrganisationPage.objects.filter(locale__language_code=SOURCE_LANGUAGE), pk=pk)
    if not organisations_of(user).filter(pk=pk).exists():
        raise PermissionDenied
    return page


@method_decorator(transaction.atomic, name="post")
class ContactDetailsView(EditView):
    model = OfficeRecord
    permission_required = None  # asked of the page, in `get_object`
    expects_json_response = False
    hydrate_create_view = False
    can_delete = False
    template_name = "organisations/admin/contact_details.html"
    page_title = _("Address and contact")
    header_icon = "mail"
    success_message = _("The contact details of “%(object)s” hold from now on.")
    error_message = _("Nothing was saved. Please look at the marked fields.")

    def get_panel(self):
        return PANELS

    def get_object(self, queryset=None):
        page = page_in_care(self.request.user, self.kwargs["page_id"])
        if self.request.method == "POST":
            return locked_record(page)
        return OfficeRecord.objects.filter(organisation=page).first() or OfficeRecord(organisation=page)

    def is_valid(self, form):
        """A form loaded before somebody hid the address must not bring it back."""
        state = self.state()
        valid = super().is_valid(form)
        if self.request.POST.get("loaded") == state:
            return valid
        self.produced_error_message = gettext(
            "Somebody has changed these details since you opened them. What is public now stands above; "
            "please check what you typed and save again."
        )
        return False

    def state(self) -> str:
        """Of the stored values, whatever has been typed."""
        names = PANELS.get_form_class().base_fields
        values = OfficeRecord.objects.filter(pk=self.object.pk).values_list(*names).first()
        return hashlib.sha256(repr(values).encode()).hexdigest()

    def save_instance(self):
        record, names = self.form.instance, self.form.changed_data
        if names:
            page = record.organisation
            save_and_release(page, record, names)
            # The history says what was changed, not into what: it may be read by more people, and for ever.
            log(page, "organisations.contact", user=self.request.user, data={"fields": names})
        return record

    def get_context_data(self, **kwargs):
        page = self.object.organisation
        open_links = ProfileLink.objects.filter(
            organisation=page, used_at=None, revoked_at=None, expires_at__gt=timezone.now()
        )
        return super().get_context_data(**kwargs) | {
            "page": page,
            "entry": getattr(page, "entry", None),
            "loaded": self.state(),
            "open_links": open_links.order_by("created_at"),
        }

    def get_page_subtitle(self):
        return self.object.organisation.title

    def get_edit_url(self):
        return reverse("organisations_admin:contact", args=[self.object.pk])

    get_success_url = get_edit_url

    def get_history_url(self):
        return reverse("wagtailadmin_pages:history", args=[self.object.pk])

    def get_success_buttons(self):
        return []

    def get_last_updated_info(self):
        return None

    def get_breadcrumbs_items(self):
        page = self.object.organisation
        return [
            *self.breadcrumbs_items,
            {"url": reverse("organisations_admin:overview"), "label": gettext("Organisations")},
            {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]


@require_POST
def hide_contact(request: HttpRequest, page_id: int) -> HttpResponse:
    page = page_in_care(request.user, page_id)
    hiding.hide_contact(page, request.user)
    messages.success(
        request, gettext("Address and phone of “%(title)s” are hidden everywhere.") % {"title": page.title}
    )
    return _back(page)


@require_POST
def hide_profile(request: HttpRequest, page_id: int) -> HttpResponse:
    page = page_in_care(request.user, page_id)
    if page.live:
        hiding.hide_profile(page, request.user)
        messages.success(request, gettext("The profile of “%(title)s” is no longer public.") % {"title": page.title})
    return _back(page)


@require_POST
def revoke_links(request: HttpRequest, page_id: int) -> HttpResponse:
    page = page_in_care(request.user, page_id)
    links.revoke(page, request.user)
    messages.success(request, gettext("No link sent to “%(title)s” works any more.") % {"title": page.title})
    return _back(page)


def _back(page: OrganisationPage) -> HttpResponse:
    return redirect("organisations_admin:contact", page_id=page.pk)
