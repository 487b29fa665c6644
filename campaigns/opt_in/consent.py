"""Which text somebody agreed to. The form names the version it shows, for a page may have been loaded yesterday."""

from hashlib import sha256

from wagtail.models import Page

from campaigns.models import ConsentText


def digest(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()


def text_shown(page: Page | None, text: str, language: str, named: str) -> ConsentText | None:
    """The text that the form of `page` has shown: today's `text`, or one that others agreed to before.

    None where it is neither. The newsletter has no page.
    """
    current = digest(text)
    if named == current and text.strip():
        return ConsentText.objects.get_or_create(
            page=page, language=language, digest=current, defaults={"text": text.strip()}
        )[0]
    return ConsentText.objects.filter(page=page, language=language, digest=named).first()
