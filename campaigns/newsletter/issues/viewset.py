"""Issues in the CMS: the list and the form. What has been ordered to go out is fixed and has no form any more."""

import django_filters
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from campaigns.models import Mailing, NewsletterIssue
from campaigns.models.newsletter_issue import KIND

DRAFT = "draft"
STATES = [(DRAFT, _("draft")), *Mailing.State.choices]


class DraftPolicy(ModelPermissionPolicy):
    """Readers were promised what is in an ordered issue: nobody changes or deletes it."""

    def user_has_permission_for_instance(self, user, action, instance):
        if action in ("change", "delete") and instance.mailing:
            return False
        return super().user_has_permission_for_instance(user, action, instance)


class IssueFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("Status"), choices=STATES, method="by_state")

    class Meta:
        model = NewsletterIssue
        fields = ["state"]

    def by_state(self, issues, name, value):
        return issues.filter(state=None if value == DRAFT else value)


def state_of(issue: NewsletterIssue) -> str:
    return str(dict(STATES)[issue.state or DRAFT])


class IssueIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_state()

    def get_edit_url(self, instance):
        """To the form as long as there is one; further to preview and sending."""
        return super().get_edit_url(instance) if instance.state is None else screen(instance)

    def get_list_more_buttons(self, instance):
        return [] if instance.state else super().get_list_more_buttons(instance)


class OnlyDrafts:
    def dispatch(self, request, *args, **kwargs):
        issue = NewsletterIssue.objects.filter(pk=kwargs["pk"]).first()
        if issue and issue.mailing and self.user_has_permission(self.permission_required):
            messages.error(request, gettext("This issue has been ordered to go out and cannot be changed any more."))
            return redirect(screen(issue))
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return screen(self.object)


class IssueEditView(OnlyDrafts, generic.EditView):
    @transaction.atomic
    def form_valid(self, form):
        """Of somebody who saves and somebody who sends at the same moment, the second finds what the first did."""
        NewsletterIssue.objects.select_for_update().get(pk=self.object.pk)
        if Mailing.objects.about(KIND, self.object).exists():
            return redirect(screen(self.object))
        return super().form_valid(form)


class IssueCreateView(generic.CreateView):
    def get_success_url(self):
        return screen(self.object)


class IssueDeleteView(OnlyDrafts, generic.DeleteView):
    def get_success_url(self):
        return reverse(self.index_url_name)


def screen(issue: NewsletterIssue) -> str:
    """Where it is shown in all languages, tried, and sent."""
    return reverse("newsletter_admin:issue", args=[issue.pk])


class IssueViewSet(ModelViewSet):
    model = NewsletterIssue
    name = "newsletter-issues"
    url_namespace = "newsletter_issues"
    icon = "mail"
    menu_label = _("Newsletter")
    menu_name = "newsletter"
    menu_order = 246
    add_to_admin_menu = True
    copy_view_enabled = False
    pk_path_converter = "int"
    index_view_class = IssueIndexView
    add_view_class = IssueCreateView
    edit_view_class = IssueEditView
    delete_view_class = IssueDeleteView
    filterset_class = IssueFilters
    search_backend_name = None
    search_fields = ["subject", "translations__subject"]
    list_display = [
        "subject",
        Column("state", label=_("Status"), accessor=state_of),
        DateColumn("written_at", label=_("Went out")),
        DateColumn("created_at", label=_("Begun"), sort_key="created_at"),
    ]
    ordering = "-created_at"
    list_per_page = 50

    def on_register(self):
        register_permission_policy(self.model, DraftPolicy(self.model), exact_class=True)
        super().on_register()


def viewset() -> IssueViewSet:
    """A `register_admin_viewset` hook."""
    return IssueViewSet()
