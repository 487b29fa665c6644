"""What the desk has in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.desk.exports import ExportViewSet
from campaigns.desk.figures import FiguresViewSet
from campaigns.desk.registrations import RegistrationViewSet
from campaigns.desk.sign_ups import SignUpViewSet
from campaigns.desk.subscribers import SubscriberViewSet
from campaigns.desk.viewset import DeskViewSet

VIEWSETS = [
    SignUpViewSet("sign-ups"),
    RegistrationViewSet("registrations"),
    SubscriberViewSet("newsletter-readers"),
    ExportViewSet("exports"),
]


class DeskGroup(ViewSetGroup):
    menu_label = _("Taking part")
    menu_name = "taking-part"
    menu_icon = "group"
    menu_order = 245
    items = [*VIEWSETS, FiguresViewSet]


def viewset_named(name: str) -> DeskViewSet | None:
    return next((each for each in VIEWSETS if each.name == name), None)


def group() -> DeskGroup:
    """A `register_admin_viewset` hook."""
    return DeskGroup()
