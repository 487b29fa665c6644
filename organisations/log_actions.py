"""What happens to a profile besides editing. Wagtail shows it in the page's history."""

from django.utils.translation import gettext_lazy as _


def register(actions) -> None:
    """A `register_log_actions` hook."""
    actions.register_action("organisations.contact", _("Contact details"), _("Contact details changed"))
