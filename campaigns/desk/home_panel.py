"""What waits at the desk, on the first page of the admin."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns.desk.filters import PENDING
from campaigns.desk.rights import keeps
from campaigns.desk.sign_ups import TO_MODERATE
from campaigns.desk.viewset import seen_by
from campaigns.models import SignUp

# More of a week's sign-ups than this without a click: perhaps the mails do not arrive.
MANY_UNCONFIRMED = 0.5
ENOUGH_TO_TELL = 20


class DeskPanel(Component):
    name = "taking_part"
    template_name = "campaigns/admin/home_panel.html"
    order = 60

    def get_context_data(self, parent_context):
        rows = seen_by(parent_context["request"].user, SignUp)
        day_ago = timezone.now() - timedelta(days=1)
        week = rows.filter(requested_at__gt=day_ago - timedelta(days=6), requested_at__lt=day_ago)
        asked, pending = week.count(), week.pending().count()
        return {
            "comments": rows.to_moderate().exclude(comment="").count(),
            "names": rows.to_moderate().filter(is_held_back=True).count(),
            "waiting_address": _list(moderated=TO_MODERATE),
            "asked": asked,
            "pending": pending,
            "is_much": asked >= ENOUGH_TO_TELL and pending > asked * MANY_UNCONFIRMED,
            "pending_address": _list(state=PENDING),
        }


def _list(**filters) -> str:
    return f"{reverse('campaign_sign_ups:index')}?{urlencode(filters)}"


def add_panel(request, panels: list) -> None:
    """A `construct_homepage_panels` hook."""
    if keeps(request.user):
        panels.append(DeskPanel())
