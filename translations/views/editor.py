"""The addresses behind the translation editor, each with the rights of the one translation it works on."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views import convert, edit_translation

from core.languages import SOURCE_LANGUAGE
from translations import gaps, publishing
from translations.editor.saving import Refused, check_address
from translations.rights import is_administrator, is_locked, may_change, may_publish
from translations.views import publish

View = Callable[..., HttpResponse]
FORM = "application/x-www-form-urlencoded"


def own(view: View, allowed: Callable = may_change) -> View:
    """Let the view answer only for a translation that the user is `allowed` to work on."""

    @wraps(view)
    def checked(request, translation_id, **kwargs):
        target = target_of(get_object_or_404(Translation, pk=translation_id))
        if not allowed(request.user, target):
            raise PermissionDenied
        return view(request, translation_id=translation_id, **kwargs)

    return checked


def target_of(translation: Translation) -> TranslatableMixin:
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def saving(view: View) -> View:
    """Refuse what cannot be stored with a reason instead of an error page, and everything while a review is on."""

    @wraps(view)
    def checked(request, translation_id, **kwargs):
        if is_locked(request.user, target_of(get_object_or_404(Translation, pk=translation_id))):
            return _refused(_("The page is locked, for example because it is being reviewed."), 403)
        if request.method == "POST":  # nothing here takes one, and its body may have been read already
            return HttpResponseNotAllowed(["PUT", "DELETE"])
        if b"\0" in request.body or (request.content_type == FORM and b"%00" in request.body):
            return _refused(_("The text contains characters that cannot be stored."), 400)
        try:
            with transaction.atomic():
                Translation.objects.select_for_update().get(pk=translation_id)  # not while it goes live
                return view(request, translation_id=translation_id, **kwargs)
        except (MultiValueDictKeyError, DataError, ValueError):
            return _refused(_("The text is missing, or too long for its field."), 400)

    return checked


def _refused(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"detail": reason}, status=status)


def with_marks(view: View) -> View:
    """A preview shows what readers would see: marks at what is still German."""

    @wraps(view)
    def marked(request, translation_id, **kwargs):
        response = view(request, translation_id=translation_id, **kwargs)
        translation = Translation.objects.select_related("target_locale").get(pk=translation_id)
        missing = [text.words for text in publishing.missing_texts(translation)]
        if missing and hasattr(response, "content"):
            gaps.mark_response(response, missing, translation.target_locale.language_code)
        return response

    return marked


def with_a_good_address(view: View) -> View:
    """What replaces the address of a link has to be an address, too, and no script."""

    @wraps(view)
    def checked(request, translation_id, overridable_segment_id, **kwargs):
        segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
        if request.method == "PUT" and isinstance(segment.data, str):
            try:
                check_address(QueryDict(request.body).get("value", ""))
            except Refused as refused:
                return _refused(str(refused), 400)
        return view(request, translation_id=translation_id, overridable_segment_id=overridable_segment_id, **kwargs)

    return checked


edit_string = own(saving(edit_translation.edit_string_translation))
edit_override = own(saving(with_a_good_address(edit_translation.edit_override)))
preview = own(with_marks(edit_translation.preview_translation))
stop = own(edit_translation.stop_translation, may_publish)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Throws a translation away and shows German in its place: nothing for daily work."""
    if not is_administrator(request.user):
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)


def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What wagtail-localize does with a POST to its editor, only for those who may, and not by accident."""
    if request.method != "POST":
        return None
    if "localize-restart-translation" in request.POST and not may_publish(request.user, page):
        raise PermissionDenied
    if request.POST.get("action") == "publish" and (translation := translation_into(page)):
        return publish.publish(request, translation, page)
    return None


def before_edit_snippet(request: HttpRequest, term) -> HttpResponse | None:
    if request.method == "POST" and request.POST.get("action") == "publish" and isinstance(term, TranslatableMixin):
        translation = translation_into(term)
        return publish.publish(request, translation, term) if translation else None
    return None


def translation_into(target: TranslatableMixin) -> Translation | None:
    """The translation that fills this page or term, where it is not free-standing."""
    translations = Translation.objects.filter(source__object_id=target.translation_key, enabled=True)
    return translations.filter(target_locale=target.locale_id).first()


def before_convert_alias_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A German page that only stands in for its translation must not become one word for word."""
    if page.alias_of.locale_id == page.locale_id:
        return None
    messages.error(request, _("This page only stands in for its translation. Have the German page translated instead."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def before_move_page(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """A page has one path in all languages: its translations follow the German page and do not move alone."""
    source = page.get_translations().filter(locale__language_code=SOURCE_LANGUAGE).exists()
    if not source or page.locale.language_code == SOURCE_LANGUAGE:
        return None
    messages.error(request, _("Translations follow the German page. Move that one instead."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
