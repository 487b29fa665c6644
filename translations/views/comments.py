"""Writing, settling and reopening comments on a text. With scripts only the thread is exchanged, without the page."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment, Translation, TranslationContext

from translations import comments
from translations.models import SegmentComment
from translations.views.assigning import breadcrumbs

PAGE = "translations/admin/comment_page.html"
FRAGMENT = "translations/admin/comments.html"


@require_POST
def add(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = _own(request, get_object_or_404(Translation, pk=translation_id))
    place = _place(translation, request.POST.get("context"), request.POST.get("string"))
    text = request.POST.get("text", "")
    try:
        comments.add(translation, *place, text, request.user)
    except ValidationError as error:
        return _thread(request, translation, place, {"error": error.messages[0], "text": text}, status=422)
    return _answer(request, translation, place, _("Your comment is saved."))


@require_POST
def resolve(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = _own_comment(request, comment_id)
    comments.resolve(comment, request.user)
    return _answer(request, comment.translation, comment, _("Settled."))


@require_POST
def reopen(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = _own_comment(request, comment_id)
    comments.reopen(comment)
    return _answer(request, comment.translation, comment, _("Open again."))


def _own(request: HttpRequest, translation: Translation) -> Translation:
    if not comments.may_comment(request.user, translation):
        raise PermissionDenied
    return translation


def _own_comment(request: HttpRequest, comment_id: int) -> SegmentComment:
    comment = get_object_or_404(SegmentComment.objects.select_related("translation__source"), pk=comment_id)
    _own(request, comment.translation)
    return comment


def _place(translation: Translation, context: str | None, string: str | None) -> tuple[int, int | None]:
    """A place of this very page, and where one is named, a text that stands there."""
    contexts = TranslationContext.objects.filter(object=translation.source.object_id)
    found = contexts.filter(pk=_number(context)).first()
    if found is None:
        raise Http404
    texts = StringSegment.objects.filter(source=translation.source_id, context=found).order_by("order", "pk")
    if string:
        segment = texts.filter(string=_number(string)).first()
        if segment is None and not texts.exists():
            raise Http404
        # The text may have changed while somebody was writing: then it is about what stands there now.
        return found.pk, segment.string_id if segment else texts[0].string_id
    return found.pk, texts[0].string_id if texts.exists() else None


def _number(text: str | None) -> int:
    """Ids fit into 63 bit; everything else is nobody's."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _answer(request, translation: Translation, place: tuple | SegmentComment, said: str) -> HttpResponse:
    if is_part(request):
        return _thread(request, translation, place, {"said": said})
    messages.success(request, said)
    return redirect(get_valid_next_url_from_request(request) or _editor(translation))


def is_part(request: HttpRequest) -> bool:
    """Whether a script asks for the thread alone."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _thread(request, translation: Translation, place: tuple | SegmentComment, extra: dict, status=200) -> HttpResponse:
    found = comments.comments_on(translation)
    context_id, string_id = found.place_of(place) if isinstance(place, SegmentComment) else place
    context = {
        "translation": translation,
        "context_id": context_id,
        "string_id": string_id,
        "comments": found.at(context_id, string_id) or found.gone.get((context_id, string_id), []),
        "read_only": (context_id, string_id) in found.gone,
        "back": get_valid_next_url_from_request(request),
        "breadcrumbs_items": breadcrumbs(_("Comment")),
        **extra,
    }
    return render(request, FRAGMENT if is_part(request) else PAGE, context, status=status)


def _editor(translation: Translation) -> str:
    try:
        return translation.get_target_instance_edit_url()
    except ObjectDoesNotExist:
        return reverse("wagtailadmin_home")
