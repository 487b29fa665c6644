from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import TranslatableField

from campaigns.launch_check import unsaid
from campaigns.panels import LaunchCheckPanel
from core.languages import IN_SOURCE_LANGUAGE
from core.models import BasePage

# The texts without which nobody can subscribe in a language.
TO_SUBSCRIBE = ("consent_text", "confirmation_text", "thanks_text")


class NewsletterPage(BasePage):
    """What the newsletter is, and all that is said to its readers: a page, so that it is translated like one."""

    sender_name = models.CharField(
        _("name of the sender"), max_length=80, blank=True, help_text=_("Stands before the address in every issue.")
    )
    topics = ParentalManyToManyField(
        "core.Topic",
        verbose_name=_("topics to choose from"),
        blank=True,
        related_name="+",
        limit_choices_to=IN_SOURCE_LANGUAGE,
    )
    consent_text = models.TextField(
        _("consent text"), blank=True, help_text=_("What readers agree to: who writes to them, how often, about what.")
    )
    confirmation_text = models.TextField(
        _("text of the mail that asks for confirmation"),
        blank=True,
        help_text=_("One or two sentences. Link and explanation follow by themselves."),
    )
    thanks_text = models.TextField(
        _("thanks"), blank=True, help_text=_("Shown, and sent by mail, when somebody has confirmed.")
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("sender_name"), FieldPanel("topics", widget=CheckboxSelectMultiple)], heading=_("Facts")
        ),
        MultiFieldPanel(
            [FieldPanel("consent_text"), FieldPanel("confirmation_text"), FieldPanel("thanks_text")],
            heading=_("Texts"),
        ),
        LaunchCheckPanel(heading=_("Where people can subscribe")),
    ]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("consent_text"),
        TranslatableField("confirmation_text"),
        TranslatableField("thanks_text"),
    ]

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    @property
    def lacking(self) -> list[str]:
        """The fields that must be filled in before people can subscribe in the language of this page."""
        return unsaid(self, TO_SUBSCRIBE)
