"""What happens to a profile besides editing. Wagtail shows it in the page's history."""

from django.utils.translation import gettext_lazy as _


def register(actions) -> None:
    """A `register_log_actions` hook."""
    actions.register_action("organisations.contact", _("Contact details"), _("Contact details changed"))
    actions.register_action("organisations.link_sent", _("Link sent"), _("Link to confirm or change the profile sent"))
    actions.register_action("organisations.links_revoked", _("Links revoked"), _("Links to the profile revoked"))
    actions.register_action("organisations.confirmed", _("Confirmed"), _("Confirmed by link: all right"))
    actions.register_action("organisations.confirmed_by_phone", _("Confirmed"), _("Confirmed by phone"))
    actions.register_action("organisations.proposed", _("Change proposed"), _("Change proposed by link"))
    actions.register_action("organisations.reported_closed", _("Reported closed"), _("Reported closed by link"))
    actions.register_action("organisations.decided", _("Proposal decided"), _("Proposed change decided"))
    actions.register_action("organisations.contact_hidden", _("Contact hidden"), _("Address and phone hidden"))
    actions.register_action("organisations.profile_hidden", _("Profile hidden"), _("The whole profile hidden"))
    actions.register_action("organisations.imported", _("Imported"), _("Changed by an import of the member list"))
    actions.register_action("organisations.exported", _("Exported"), _("Member list exported"))
