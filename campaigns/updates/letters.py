"""How a campaign goes on, as a mail to everybody who signed it and asked to be told."""

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.mailing.kinds import UNSUBSCRIBE, Kind, Text, mark
from campaigns.models import CampaignPage, CampaignUpdatePage, Mailing, SignUp
from campaigns.taking_part import links
from core.addresses import absolute
from core.languages import LANGUAGE_NAMES, direction

TEMPLATE = "campaigns/mails/update"


def public_update(pk: int) -> CampaignUpdatePage | None:
    """On the German page, while everybody may read it and its campaign."""
    update = CampaignUpdatePage.objects.listed().filter(pk=pk).first()
    return update if update and CampaignPage.objects.listed().parent_of(update).exists() else None


def readers(update: CampaignUpdatePage) -> QuerySet[SignUp]:
    campaign = CampaignPage.objects.parent_of(update)
    found = SignUp.objects.to_tell().filter(campaign__in=campaign.values("pk"))
    return found.select_related("campaign").only("email", "language", "campaign__slug")


def texts(update: CampaignUpdatePage) -> list[Text]:
    """One for each language of the site; where the update is not translated, its German words and a note."""
    pages, titles = versions(update), {page.text_language: page.title for page in _campaign_pages(update)}
    german = pages[update.text_language]
    return [
        _text(pages.get(language, german), titles.get(language, titles[german.text_language]), language)
        for language in LANGUAGE_NAMES
    ]


def versions(update: CampaignUpdatePage) -> dict[str, CampaignUpdatePage]:
    """Its live pages by language."""
    pages = CampaignUpdatePage.objects.live().filter(translation_key=update.translation_key, alias_of=None)
    return {page.text_language: page for page in pages.defer_streamfields()}


def _campaign_pages(update: CampaignUpdatePage) -> list[CampaignPage]:
    source = CampaignPage.objects.parent_of(update).get()
    pages = CampaignPage.objects.live().filter(translation_key=source.translation_key, alias_of=None)
    return [*pages.defer_streamfields()]


def _text(page: CampaignUpdatePage, campaign: str, language: str) -> Text:
    subject = f"{campaign}: {page.title}"
    context = {
        "update": page,
        "campaign": campaign,
        "page": absolute(page, language),
        "unsubscribe": mark(UNSUBSCRIBE),
        "is_foreign": page.text_language != language,
        "language": language,
        "dir": direction(language),
        "subject": subject,
    }
    with override(language):
        text, html = (render_to_string(f"{TEMPLATE}.{kind}", context) for kind in ("txt", "html"))
    return Text(language, subject, text.strip() + "\n", html)


def _texts(mailing: Mailing) -> list[Text]:
    return texts(public_update(mailing.about))


def _recipients(mailing: Mailing) -> QuerySet[SignUp]:
    update = public_update(mailing.about)
    return readers(update) if update else SignUp.objects.none()


def _links(sign_up: SignUp) -> dict[str, str]:
    return {UNSUBSCRIBE: links.lasting(sign_up)}


def _obstacle(mailing: Mailing) -> str:
    return "" if public_update(mailing.about) else _("The update is not public any more.")


def _no_such_mailbox(sign_up: int) -> None:
    """Still counted; there is nobody to tell any more."""
    SignUp.objects.filter(pk=sign_up).update(wants_updates=False)


KIND = Kind(
    texts=_texts,
    recipients=_recipients,
    links=_links,
    list_name="campaigns",
    obstacle=_obstacle,
    bounced=_no_such_mailbox,
)
