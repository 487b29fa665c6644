"""A campaign that can be signed in German and Arabic, people who sign, and their mails."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import CampaignIndexPage, CampaignPage
from tests.site.world import make, translate

TODAY = timezone.localdate()
TEXTS = {
    "ask": "Wir bitten um Absprachen.",
    "form_intro": "Name und E-Mail-Adresse genügen.",
    "consent_text": "Ich stimme zu.",
    "confirmation_text": "Schön, dass Sie dabei sind.",
    "thank_you_text": "Jede Stimme hilft.",
    "share_text": "Macht mit:",
}
ARABIC = {
    "ask": "نطلب اتفاقات.",
    "form_intro": "يكفي الاسم والبريد الإلكتروني.",
    "consent_text": "أوافق.",
    "confirmation_text": "سعداء بانضمامكم.",
    "thank_you_text": "كل صوت يساعد.",
    "share_text": "شاركوا:",
}
TYPED = {"name": "Nguyễn Thị", "email": "thi@example.org", "consent": "on"}


def campaign(site, slug="absprachen", title="Mehr Absprachen", **values) -> CampaignPage:
    index = CampaignIndexPage.objects.child_of(site).get()
    dates = {"starts_on": TODAY - timedelta(days=3), "ends_on": TODAY + timedelta(days=30), "goal": 1000}
    return make(CampaignPage, index, slug, title, **TEXTS | dates | values)


def in_arabic(page: CampaignPage, **values) -> CampaignPage:
    index = CampaignIndexPage.objects.get(locale=Locale.objects.get(language_code="ar"))
    return translate(page, index, "مزيد من الاتفاقات", **ARABIC | values)


def address(page, language="de"):
    return f"/{language}/kampagnen/{page.slug}/mitmachen/"


def version(client, page, language="de"):
    html = client.get(address(page, language)).text
    return re.search(r'name="consent_version" value="(\w+)"', html).group(1)


def sign(client, page, language="de", **changed):
    shown = {} if "consent_version" in changed else {"consent_version": version(client, page, language)}
    typed = {name: value for name, value in (TYPED | shown | changed).items() if value is not None}
    return client.post(address(page, language), typed)


def link(message=None) -> str:
    """The path of the link in the last mail."""
    text = (message or mail.outbox[-1]).body
    return urlsplit(re.search(r"https?://\S+/mitmachen/\S+/", text).group()).path


def press(client, path, action):
    return client.post(path, {"action": action})
