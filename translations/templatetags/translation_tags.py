import json

from django import template
from wagtail.models import Page

from core.languages import direction
from translations import review
from translations.rights import is_administrator, may_change, may_publish

register = template.Library()


@register.filter
def own_actions(props: str, user_and_instance) -> str:
    """wagtail-localize's settings of its editor, without the actions that would be refused."""
    user, instance = user_and_instance
    settings = json.loads(props)
    settings["perms"]["canPublish"] = may_publish(user, instance)
    if not is_administrator(user):
        settings["links"]["convertToAliasUrl"] = None
    if not settings["perms"]["canPublish"]:
        # The last action left becomes the large button. Deleting is in the menu of the header.
        settings["perms"]["canDelete"] = False
    return json.dumps(settings)


@register.simple_tag
def editor_state(user, translation, instance, source_link) -> dict:
    """What the bar above the translation editor shows and offers."""
    total, translated = translation.get_progress()
    source = translation.source.get_source_instance()
    is_page = isinstance(instance, Page)
    return {
        "for": (user, instance),
        "language": translation.target_locale.language_code,
        "direction": direction(translation.target_locale.language_code),
        "source_language": translation.source.locale.language_code,
        "source_link": source_link if may_change(user, source) else source_link | {"editUrl": _public(source)},
        "total": total,
        "translated": translated,
        "missing": total - translated,
        "may_publish": may_publish(user, instance),
        "may_submit": is_page and review.may_submit(user, instance),
        "in_review": is_page and instance.workflow_in_progress,
        "actions": review.actions(user, instance) if is_page else [],
    }


def _public(source) -> str | None:
    """Where people read the source who may not edit it."""
    return source.get_url() if isinstance(source, Page) and source.live else None
