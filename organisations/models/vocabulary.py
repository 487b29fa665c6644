from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from core.models import Term


@register_snippet
class Task(Term):
    """What an organisation is for: part of the Aufgabenspektrum."""

    class Meta(Term.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")


@register_snippet
class Service(Term):
    """What somebody can get there: a Dienstleistung."""

    class Meta(Term.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")


@register_snippet
class TargetGroup(Term):
    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
