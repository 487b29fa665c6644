"""Who may see a press kit: everybody, or before the end of its embargo staff and whoever holds one of its links."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from campaigns.models import PressFile, PressKitPage, PressLink
from core.languages import SOURCE_LANGUAGE, reader_language
from core.publishing import unlocked
from core.tokens import Tokens

KEPT_FOR = timedelta(days=30)
_tokens = Tokens("campaigns.press_links")


def make_link(kit: PressKitPage, name: str) -> tuple[PressLink, str]:
    """A new link and its token, which exists nowhere else."""
    token, digest = _tokens.new()
    return PressLink.objects.create(kit=kit, name=name, token_hash=digest), token


def is_token(key: str) -> bool:
    """Kits have two keys: the one that pages of a translation share, which is no secret, and tokens of links."""
    try:
        return not UUID(key)
    except ValueError:
        return True


def open_kit(request: HttpRequest, key: str) -> PressKitPage:
    """The kit in the reader's language, for who may see it now.

    A link goes on after the embargo; a kit that is taken offline is closed to all.
    """
    live = PressKitPage.objects.filter(unlocked(), live=True, locale__language_code=SOURCE_LANGUAGE)
    live = live.select_related("contact__photo", "listing_image", "social_image")
    if is_token(key):
        source = live.filter(press_links__token_hash=_tokens.read(key) or "").first()
    else:
        source = live.filter(translation_key=key).first()
        source = source if source and source.is_open_to(request) else None
    if source is None:
        raise Http404
    return _in_readers_language(source)


def _in_readers_language(source: PressKitPage) -> PressKitPage:
    versions = PressKitPage.objects.live().filter(translation_key=source.translation_key, alias_of=None)
    page = versions.filter(locale__language_code=reader_language()).first() or source
    page.source = source
    return page


def refuse_closed_file(document, request: HttpRequest) -> None:
    """A `before_serve_document` hook: files of a kit have another address, which asks for the embargo."""
    closed = PressFile.objects.filter(document=document, page__in=PressKitPage.objects.under_embargo())
    if closed.exists() and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


def useless_links() -> QuerySet[PressLink]:
    """To kits that have been public for a while."""
    return PressLink.objects.filter(kit__embargo_until__lt=timezone.now() - KEPT_FOR)
