"""Ways to pass a campaign on: links that carry the text and the address and nothing that tells on anybody."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from campaigns.models import CampaignPage
from core.addresses import absolute


@dataclass(frozen=True)
class Way:
    label: str
    icon: str
    address: str
    page: str


def ways(campaign: CampaignPage) -> list[Way]:
    page = absolute(campaign, campaign.text_language)
    text = f"{campaign.share_text} {page}".strip()
    subject = quote(campaign.title)
    return [
        Way(_("By email"), "mail", f"mailto:?subject={subject}&body={quote(text)}", page),
        Way("WhatsApp", "brand-whatsapp", f"https://wa.me/?text={quote(text)}", page),
        Way(
            "Telegram",
            "brand-telegram",
            f"https://t.me/share/url?url={quote(page)}&text={quote(campaign.share_text)}",
            page,
        ),
        Way("Bluesky", "brand-bluesky", f"https://bsky.app/intent/compose?text={quote(text)}", page),
    ]
