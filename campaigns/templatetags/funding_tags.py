from django import template

from campaigns.funding.notices import OfProject, of_item
from campaigns.funding.presentation import Presentation
from campaigns.models import ProjectPage

register = template.Library()


@register.simple_tag
def presentation(page: ProjectPage) -> Presentation:
    """The same one for all blocks of the template, so that nothing is asked twice."""
    return page.__dict__.setdefault("_presentation", Presentation(page))


@register.simple_tag
def projects_of(page) -> list[OfProject]:
    """The projects that news, an event, a story or a campaign names, with the funding of its date."""
    return of_item(page)
