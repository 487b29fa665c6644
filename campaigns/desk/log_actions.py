"""What happens at the desk. Wagtail shows it in the history of the page, without a word on whom it was about."""

from django.utils.translation import gettext_lazy as _


def register(actions) -> None:
    """A `register_log_actions` hook."""
    actions.register_action("campaigns.responsible", _("Responsible people"), _("Responsible people changed"))
    actions.register_action("campaigns.moderated", _("Moderated"), _("Comments and names decided on"))
    actions.register_action("campaigns.withdrawn", _("Withdrawn"), _("Withdrawn on behalf of somebody"))
    actions.register_action("campaigns.press_link_made", _("Press link made"), _("Link to the press kit made"))
    actions.register_action(
        "campaigns.press_link_taken_back", _("Press link taken back"), _("Link to the press kit taken back")
    )
    actions.register_action("campaigns.asked_again", _("Asked again"), _("Confirmation mail sent once more"))
    actions.register_action("campaigns.newsletter_ordered", _("Ordered"), _("Newsletter ordered to go out"))
    actions.register_action("campaigns.newsletter_steered", _("Steered"), _("Sending stopped, resumed or cancelled"))
    actions.register_action("campaigns.told", _("Sent"), _("Update sent to those who signed"))
