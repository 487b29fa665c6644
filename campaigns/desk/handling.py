"""What staff do with one sign-up: withdraw for somebody who asked them to, or send the question once more."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.desk.viewset import row_or_404
from campaigns.models import SignUp
from campaigns.taking_part import signing


class HandlingView(WagtailAdminTemplateMixin, TemplateView):
    """A question, and a button that does it."""

    template_name = "campaigns/admin/handling.html"
    header_icon = "group"
    _show_breadcrumbs = True
    button = question = ""

    def dispatch(self, request, *args, **kwargs):
        self.sign_up = row_or_404(request, SignUp, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.sign_up.name

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("campaign_sign_ups:index"), "label": _("Sign-ups")},
            {"url": reverse("campaign_sign_ups:inspect", args=[self.sign_up.pk]), "label": self.sign_up.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(sign_up=self.sign_up, question=self.question, button=self.button, **kwargs)


class WithdrawView(HandlingView):
    page_title = gettext_lazy("Withdraw")
    question = gettext_lazy(
        "Did this person ask you to be taken out? Everything held on them in this campaign is deleted at once, the "
        "number goes down by one where they had confirmed, and the address gets no more mail from this campaign."
    )
    button = gettext_lazy("Yes, delete")

    @transaction.atomic
    def post(self, request, pk):
        campaign = self.sign_up.campaign
        signing.take_back(self.sign_up)
        log(campaign, "campaigns.withdrawn", user=request.user)
        messages.success(request, _("Taken out and deleted."))
        return redirect("campaign_sign_ups:index")


class AskAgainView(HandlingView):
    page_title = gettext_lazy("Send the mail once more")
    question = gettext_lazy(
        "Send this person the mail with the link to confirm once more? An address gets it once a day at most."
    )
    button = gettext_lazy("Yes, send")

    @transaction.atomic
    def post(self, request, pk):
        if signing.ask_again(self.sign_up):
            log(self.sign_up.campaign, "campaigns.asked_again", user=request.user)
            messages.success(request, _("The mail is on its way."))
        else:
            messages.warning(
                request,
                _(
                    "Nothing was sent: it is confirmed already, the campaign takes no sign-ups, or this address has "
                    "got mail from this form in the last 24 hours."
                ),
            )
        return redirect("campaign_sign_ups:inspect", pk)
