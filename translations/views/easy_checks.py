"""What the editor's script asks: hints about the text as it is being typed, and which to put aside."""

import json
import re

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from translations.easy import record
from translations.easy.rules import Hint, Text, check
from translations.models import EasyText
from translations.rights import may_change
from translations.views.easy import text_or_404

MOST_BYTES = 100_000
MOST_TEXTS = 500
MOST_PUT_ASIDE = 500
KEY = re.compile(r"[a-z_]{1,20}:[0-9a-f]{12}")


@require_POST
def hints(request: HttpRequest, page_id: int) -> JsonResponse:
    text = text_or_404(page_id)
    if not may_change(request.user, text):
        raise PermissionDenied
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        return _refused(_("The text is too long to be checked at once."), 413)
    try:
        texts = _texts(json.loads(request.body))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return _refused(_("This is no text that can be checked."), 400)
    aside = {*record.of(text).dismissed}
    found = [_as_data(hint, number, aside) for number, of_text in enumerate(check(texts)) for hint in of_text]
    return JsonResponse({"hints": found})


def _texts(data: dict) -> list[Text]:
    """Raises ValueError, TypeError or KeyError where something else was sent."""
    if len(data["texts"]) > MOST_TEXTS:
        raise ValueError
    texts = []
    for item in data["texts"]:
        if not isinstance(item["text"], str):
            raise TypeError
        bold = tuple((int(start), int(end)) for start, end in item.get("bold", [])[:MOST_TEXTS])
        texts.append(Text(item["text"], bold))
    return texts


def _as_data(hint: Hint, number: int, aside: set[str]) -> dict:
    return {
        "text": number,
        "start": hint.start,
        "end": hint.end,
        "rule": hint.rule,
        "found": hint.found,
        "message": hint.message,
        "suggestion": hint.suggestion,
        "soft": hint.soft,
        "key": hint.key,
        "aside": hint.key in aside,
    }


@require_POST
def put_aside(request: HttpRequest, page_id: int) -> JsonResponse:
    """Or, with an empty `aside`, take it out again."""
    text = text_or_404(page_id)
    if not may_change(request.user, text):
        raise PermissionDenied
    key = request.POST.get("key", "")
    if not KEY.fullmatch(key):
        return _refused(_("There is no such hint."), 400)
    record.of(text)
    with transaction.atomic():
        about = EasyText.objects.select_for_update(of=("self",)).get(page_id=text.pk)
        kept = [other for other in about.dismissed if other != key]
        if request.POST.get("aside"):
            kept = [*kept, key][-MOST_PUT_ASIDE:]
        about.dismissed = kept
        about.save(update_fields=["dismissed", "updated_at"])
    return JsonResponse({"aside": len(kept)})


def _refused(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"detail": reason}, status=status)
