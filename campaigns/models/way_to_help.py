from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from core.models import Term


@register_snippet
class WayToHelp(Term):
    """What somebody can do for a campaign besides signing: fixed choices, so that staff read German whoever ticks them."""

    class Meta(Term.Meta):
        verbose_name = _("way to help")
        verbose_name_plural = _("ways to help")
