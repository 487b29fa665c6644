"""Comments, and names that hold a web address: many at once are approved or rejected, after a page that names them.

Only what has been confirmed is decided on, for until then its owner may still change it.
"""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log

from campaigns.desk.group import viewset_named
from campaigns.desk.viewset import seen_by
from campaigns.models import SignUp

AT_ONCE = 200  # with more, the address that names them grows longer than servers take
NOT_OF_THE_LIST = ("id", "next", "childOf", "p")


class ModerationAction(BulkAction):
    models = [SignUp]
    template_name = "campaigns/admin/moderation.html"
    question = ""
    button = ""
    change = {}

    def __init__(self, request, model):
        """Back to the list as it was narrowed: there the next hundred wait."""
        super().__init__(request, model)
        query = request.GET.copy()
        for name in NOT_OF_THE_LIST:
            query.pop(name, None)
        self.next_url = f"{reverse('campaign_sign_ups:index')}?{query.urlencode()}"

    def dispatch(self, request, *args, **kwargs):
        self.chosen = self.choose()
        if not self.chosen:
            messages.warning(request, _("Nothing was done: nobody was chosen who has confirmed and is in your care."))
        elif len(self.chosen) > AT_ONCE:
            text = _("Nothing was done: please choose at most %(number)d at once.")
            messages.error(request, text % {"number": AT_ONCE})
        else:
            return super().dispatch(request, *args, **kwargs)
        return redirect(self.next_url)

    def choose(self) -> list[SignUp]:
        """Of those the user looks after; others are left out without a word, as if they were not there."""
        wanted = self.request.GET.getlist("id")
        if "all" in wanted:
            rows = viewset_named("sign-ups").asked_for(self.request)
        else:
            keys = [int(pk) for pk in wanted if pk.isascii() and pk.isdigit() and len(pk) < 19]
            rows = seen_by(self.request.user, SignUp).filter(pk__in=keys[: AT_ONCE + 1])
        return [*rows.confirmed().select_related("campaign").order_by("pk")[: AT_ONCE + 1]]

    def get_actionable_objects(self):
        return self.chosen, {}

    def get_execution_context(self):
        return {"user": self.request.user}

    def get_context_data(self, **kwargs):
        """The form names each row, so that what is done is what was shown."""
        query = self.request.GET.copy()
        query.setlist("id", [str(row.pk) for row in self.chosen])
        return super().get_context_data(**kwargs) | {
            "submit_url": f"{self.request.path}?{query.urlencode()}",
            "header_title": self.display_name,
            "question": self.question,
            "button": self.button,
        }

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        done = SignUp.objects.confirmed().filter(pk__in=[row.pk for row in objects]).update(**cls.change)
        for campaign, number in Counter(row.campaign for row in objects).items():
            log(campaign, "campaigns.moderated", user=user, data={"decision": cls.action_type, "number": number})
        return done, 0

    def get_success_message(self, number, _children):
        return ngettext("%(number)d sign-up: done.", "%(number)d sign-ups: done.", number) % {"number": number}


class ApproveAction(ModerationAction):
    display_name = gettext_lazy("Approve")
    action_type = "approve"
    aria_label = gettext_lazy("Approve comments and names of the chosen sign-ups")
    action_priority = 10
    question = gettext_lazy("May the public read these comments, and these names where somebody wants to be named?")
    button = gettext_lazy("Yes, approve")
    change = {"moderated": SignUp.APPROVED, "is_held_back": False}


class RejectAction(ModerationAction):
    display_name = gettext_lazy("Reject")
    action_type = "reject"
    aria_label = gettext_lazy("Reject comments and held back names of the chosen sign-ups")
    action_priority = 20
    question = gettext_lazy("Keep these comments, and names that are held back, from the public? They still count.")
    button = gettext_lazy("Yes, reject")
    change = {"moderated": SignUp.REJECTED}


class HideNameAction(ModerationAction):
    display_name = gettext_lazy("Hide the name")
    action_type = "hide_name"
    aria_label = gettext_lazy("Keep the names of the chosen sign-ups from the public")
    action_priority = 30
    question = gettext_lazy("Keep name and comment of these sign-ups from the public? They still count.")
    button = gettext_lazy("Yes, hide them")
    change = {"moderated": SignUp.REJECTED, "is_held_back": True}
