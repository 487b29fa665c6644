"""Which text somebody agreed to. The form names the version it shows, for a page may have been loaded yesterday."""

from hashlib import sha256

from campaigns.models import CampaignPage, ConsentText


def digest(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()


def text_shown(page: CampaignPage, named: str) -> ConsentText | None:
    """The text that the form has shown: today's, or one that others agreed to before. None where it is neither."""
    current = digest(page.consent_text)
    language = page.text_language
    if named == current and page.consent_text.strip():
        return ConsentText.objects.get_or_create(
            campaign=page.source, language=language, digest=current, defaults={"text": page.consent_text.strip()}
        )[0]
    return ConsentText.objects.filter(campaign=page.source, language=language, digest=named).first()
