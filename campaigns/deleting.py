"""Pages that must stay for now: whoever deletes one of them, alone or with many others, is told why not."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from campaigns.funding import keeping
from campaigns.registering import expected

# Each answers with the reason, or with nothing; a page stands for all that lies below it, too.
OBSTACLES: list[Callable[[Page], str]] = [keeping.obstacle, expected.obstacle]


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page], redirect("wagtailadmin_pages:edit", page.pk))


def before_bulk_action(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    if action_type != "delete" or not issubclass(action.model, Page):
        return None
    return _refuse(request, objects, redirect(action.next_url))


def _refuse(request: HttpRequest, pages: Iterable[Page], answer: HttpResponse) -> HttpResponse | None:
    reason = next((reason for page in pages for obstacle in OBSTACLES if (reason := obstacle(page))), "")
    if not reason:
        return None
    messages.error(request, reason)
    return answer
