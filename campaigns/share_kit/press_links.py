"""The screen where links to a press kit are made and taken back."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.models import PressKitPage, PressLink
from campaigns.share_kit.press_access import make_link
from core.languages import SOURCE_LANGUAGE


def kit_of(user, pk: int) -> PressKitPage:
    kit = get_object_or_404(PressKitPage.objects.filter(locale__language_code=SOURCE_LANGUAGE), pk=pk)
    if not kit.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return kit


class PressLinkForm(forms.ModelForm):
    class Meta:
        model = PressLink
        fields = ["name"]


class PressLinksView(WagtailAdminTemplateMixin, FormView):
    template_name = "campaigns/admin/press_links.html"
    form_class = PressLinkForm
    page_title = gettext_lazy("Press links")
    header_icon = "key"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.kit = kit_of(request.user, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.kit.title

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.kit.pk])
        return [{"url": edit, "label": self.kit.title}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(kit=self.kit, links=self.kit.press_links.all(), **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        """Shows the address at once, because it cannot be shown a second time."""
        link, token = make_link(self.kit, form.cleaned_data["name"])
        log(self.kit, "campaigns.press_link_made", user=self.request.user, data={"name": link.name})
        with override(SOURCE_LANGUAGE):
            address = settings.BASE_URL + reverse("campaigns:press_kit", args=[token])
        context = self.get_context_data(form=PressLinkForm(), address=address, made=link)
        return render(self.request, self.template_name, context)


@require_POST
@transaction.atomic
def take_back(request, page_id: int, pk: int):
    kit = kit_of(request.user, page_id)
    for link in kit.press_links.filter(pk=pk):
        link.delete()
        log(kit, "campaigns.press_link_taken_back", user=request.user, data={"name": link.name})
        messages.success(request, _("The link of “%(name)s” opens nothing any more.") % {"name": link.name})
    return redirect("press_links:links", kit.pk)


own = [
    path("<int:page_id>/", PressLinksView.as_view(), name="links"),
    path("<int:page_id>/<int:pk>/take-back/", take_back, name="take_back"),
]


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("press-links/", include((own, "press_links")))]
