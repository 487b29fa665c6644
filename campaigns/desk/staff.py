"""Who is responsible for a campaign, project or event beside its author, and so sees who takes part in it."""

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from campaigns.desk.rights import KINDS, pages_of
from campaigns.models import Responsibility
from core.models import User


def page_or_404(user, pk: int) -> Page:
    """A page whose people `user` looks after; one of somebody else is not found."""
    for model in KINDS:
        if page := pages_of(user, model).filter(pk=pk).first():
            return page
    raise Http404


def candidates(page: Page) -> QuerySet[User]:
    """Who could look after it: whoever may change the page. The author and the office do so already."""
    policy = policy_registry.get_by_type(Page)
    office = policy.users_with_permission_for_instance("publish", page)
    able = policy.users_with_permission_for_instance("change", page)
    return able.exclude(pk__in=office.values("pk")).exclude(pk=page.owner_id).order_by("last_name", "username")


class Name(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name() or user.get_username()


class StaffForm(forms.Form):
    people = Name(
        label=gettext_lazy("Responsible people"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "They see the names and addresses of everybody who takes part, as you do, and may export them."
        ),
    )

    def __init__(self, *args, page: Page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = candidates(page)


class StaffView(WagtailAdminTemplateMixin, FormView):
    template_name = "campaigns/admin/staff.html"
    form_class = StaffForm
    page_title = gettext_lazy("Responsible people")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.page = page_or_404(request.user, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.title

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [{"url": edit, "label": self.page.title}, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.page}

    def get_initial(self):
        return {"people": [*self.page.responsibilities.values_list("user", flat=True)]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=self.page, owner=self.page.owner, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        chosen = {*form.cleaned_data["people"]}
        self.page.responsibilities.exclude(user__in=chosen).delete()
        for user in chosen:
            Responsibility.objects.get_or_create(page=self.page, user=user)
        # Keys, no names: the history of a page outlives accounts.
        keys = sorted(user.pk for user in chosen)
        log(self.page, "campaigns.responsible", user=self.request.user, data={"people": keys})
        messages.success(self.request, _("Saved."))
        return redirect("campaign_desk:staff", self.page.pk)


def page_buttons(page: Page, user, view_name=None, next_url=None):
    """A `register_page_header_buttons` hook."""
    if issubclass(page.specific_class or Page, KINDS):
        for model in KINDS:
            if pages_of(user, model).filter(pk=page.pk).exists():
                url = reverse("campaign_desk:staff", args=[page.pk])
                yield Button(_("Responsible people"), url, icon_name="group", priority=64)
