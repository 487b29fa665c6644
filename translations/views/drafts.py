"""Taking over or throwing away the draft of a text, from the editor of its translation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request

from translations import drafts
from translations.models import DraftText
from translations.rights import is_locked, may_change
from translations.views.editor import target_of


@require_POST
def accept(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft, translation = _own(request, draft_id)
    if is_locked(request.user, target_of(translation)):
        return _answer(request, translation, _("The page is locked, for example because it is being reviewed."), 403)
    text = drafts.accept(draft, request.user)
    if text.has_error:
        return _answer(request, translation, _("Taken over, but its tags or links do not fit the German text."))
    return _answer(request, translation, _("Taken over."), text=text.data)


@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft, translation = _own(request, draft_id)
    draft.delete()
    return _answer(request, translation, _("The draft is gone."))


def _own(request: HttpRequest, draft_id: int):
    draft = get_object_or_404(DraftText.objects.select_related("context"), pk=draft_id)
    translation = drafts.translation_of(draft)
    if translation is None:
        raise Http404
    if not may_change(request.user, target_of(translation)):
        raise PermissionDenied
    return draft, translation


def _answer(request: HttpRequest, translation, said: str, status: int = 200, text: str | None = None) -> HttpResponse:
    """Data for a script that sends `Accept: application/json`; for a form, back to where it was sent from."""
    if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
        (messages.success if status == 200 else messages.error)(request, said)
        return redirect(get_valid_next_url_from_request(request) or translation.get_target_instance_edit_url())
    return JsonResponse({"detail": said, "text": text}, status=status)
