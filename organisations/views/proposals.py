"""What organisations propose: a list of what waits, and the review of one, old beside new, field by field."""

import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from organisations.models import Proposal
from organisations.rights import keeps_organisations, organisations_of
from organisations.text_difference import marked
from organisations.upkeep.photos import CONTENT_TYPE
from organisations.upkeep.proposals import AlreadyDecidedError, decide, differences
from organisations.upkeep.values import LABELS

ACCEPT, REFUSE = "accept", "refuse"


def proposals_of(user):
    """Those about organisations in this user's care."""
    return Proposal.objects.filter(organisation__in=organisations_of(user).values("pk"))


class ProposalsView(IndexView):
    model = Proposal
    any_permission_required = None
    page_title = _("Proposed changes")
    header_icon = "clipboard-list"
    index_url_name = "organisations_admin:proposals"
    default_ordering = "created_at"
    paginate_by = 50
    FORMATS = ()
    columns = [
        TitleColumn("organisation", label=_("Organisation"), url_name="organisations_admin:proposal"),
        Column("kind", label=_("What"), accessor="get_kind_display"),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not keeps_organisations(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def user_has_permission(self, permission):
        return False  # organisations propose, not we

    def get_base_queryset(self):
        waiting = proposals_of(self.request.user).filter(decided_at=None)
        return waiting.select_related("organisation").defer("photo_file", "organisation__body")


class ReviewForm(forms.Form):
    fields_accepted = forms.MultipleChoiceField(required=False)
    answer = forms.CharField(
        label=_("Answer to the organisation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes out with the mail about your decision."),
    )
    decision = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (REFUSE, REFUSE)])
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, names, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.state = names, state
        self.fields["fields_accepted"].choices = [(name, name) for name in names]

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        if values["decision"] == REFUSE:
            return values | {"fields_accepted": []}
        if values["seen"] != self.state:
            raise ValidationError(
                _("The profile has changed while you were reading. Please look again at what would change now."),
                code="changed",
            )
        if self.names and not values["fields_accepted"]:
            raise ValidationError(_("Please tick what you accept, or refuse everything."))
        return values


class ReviewView(WagtailAdminTemplateMixin, FormView):
    form_class = ReviewForm
    template_name = "organisations/admin/review.html"
    page_title = _("Proposed changes")
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        self.proposal = find(request, kwargs["pk"])
        if self.proposal is None:
            return no_longer(request, None)
        if self.proposal.decided_at:
            return no_longer(request, self.proposal)
        self.page = self.proposal.organisation
        self.differences = differences(self.proposal)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        state = hashlib.sha256(repr(self.differences).encode()).hexdigest()
        return super().get_form_kwargs() | {"names": [one.name for one in self.differences], "state": state}

    def form_valid(self, form):
        accepted = form.cleaned_data["fields_accepted"]
        if form.cleaned_data["decision"] == ACCEPT:
            # What has come true in the meantime is not refused.
            accepted = [*accepted, *(name for name in LABELS if name not in form.names)]
        try:
            decide(self.proposal, accepted, self.request.user, form.cleaned_data["answer"])
        except AlreadyDecidedError:
            return no_longer(self.request, find(self.request, self.proposal.pk))
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, self.said(accepted))
        return redirect(self.next_address())

    def said(self, accepted: list[str]) -> str:
        told = {"organisation": self.page.title}
        if accepted:
            return gettext("The changes of “%(organisation)s” are taken over. The organisation is told.") % told
        return gettext("The changes of “%(organisation)s” are refused. The organisation is told.") % told

    def next_address(self) -> str:
        name = "proposals" if proposals_of(self.request.user).filter(decided_at=None).exists() else "overview"
        return reverse(f"organisations_admin:{name}")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=409 if changed(form) else 422)

    def get_page_subtitle(self):
        return self.page.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("organisations_admin:overview"), "label": gettext("Organisations")},
            {"url": reverse("organisations_admin:proposals"), "label": self.page_title},
            {"url": "", "label": self.page.title},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        ticked = form.data.getlist("fields_accepted") if form.is_bound and not changed(form) else form.names
        return context | {
            "proposal": self.proposal,
            "page": self.page,
            "rows": [(one, *marked(one.old, one.new), one.name in ticked) for one in self.differences],
            "is_closing": self.proposal.kind == Proposal.CLOSED,
            "changed_since": self.changed_since(),
            "seen": form.state,
            "has_photo": bool(self.proposal.photo_file),
        }

    def changed_since(self):
        """When the profile last changed, if that was after the organisation wrote."""
        changed_at = self.page.entry.changed_at
        return changed_at if changed_at > self.proposal.created_at else None


def changed(form: ReviewForm) -> bool:
    return form.has_error("__all__", code="changed")


def find(request: HttpRequest, pk: int) -> Proposal | None:
    """PermissionDenied where it is about an organisation of others."""
    proposal = Proposal.objects.select_related("organisation__entry", "organisation__record").filter(pk=pk).first()
    if proposal and not organisations_of(request.user).filter(pk=proposal.organisation_id).exists():
        raise PermissionDenied
    return proposal


def no_longer(request: HttpRequest, proposal: Proposal | None) -> HttpResponse:
    """Somebody was faster, or the organisation has sent something newer, which has a number of its own."""
    if not keeps_organisations(request.user):
        raise PermissionDenied
    context = {
        "proposal": proposal,
        "accepted": [LABELS[name] for name in LABELS if proposal and name in proposal.accepted],
        "page_title": gettext("This proposal no longer waits"),
        "header_title": gettext("This proposal no longer waits"),
    }
    status = 410 if proposal is None else 409 if request.method == "POST" else 200
    return TemplateResponse(request, "organisations/admin/decided.html", context, status=status)


@require_safe
@never_cache
@csp_override(settings.FILE_CSP)
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo that waits has no other address than this."""
    proposal = find(request, pk)
    if proposal is None or not proposal.photo_file:
        raise Http404
    return HttpResponse(bytes(proposal.photo_file), content_type=CONTENT_TYPE)
