"""The federation's office and its project staff."""

from collections.abc import Iterator

from django.apps import apps

from campaigns.models import CampaignIndexPage, EventIndexPage, NewsletterIssue, ProjectIndexPage
from core.languages import SOURCE_LANGUAGE
from core.models import Contact, Term
from core.roles import (
    ADD,
    CHANGE,
    CHOOSE,
    ROOT_COLLECTION,
    SHARED_COLLECTION,
    TO_THE_ADMIN,
    TO_TRANSLATE,
    Approval,
    Role,
    on_model,
)
from home.models import HomePage
from news.models import NewsIndexPage
from translations.models import GlossaryTerm

EDITORS = "Redaktion"
PROJECT_STAFF = "Projektteam"
PROJECT_COLLECTION = "Projekte"

WORDS = [Contact, GlossaryTerm, *(model for model in apps.get_models() if issubclass(model, Term))]
SECTIONS = [NewsIndexPage, ProjectIndexPage, CampaignIndexPage, EventIndexPage]


def roles() -> Iterator[Role]:
    homes = {home.locale.language_code: home for home in HomePage.objects.filter(depth=2).select_related("locale")}
    source = homes.pop(SOURCE_LANGUAGE, None)
    if source is None:
        return
    yield Role(
        EDITORS,
        permissions=[
            TO_THE_ADMIN,
            TO_TRANSLATE,
            *on_model(NewsletterIssue, "add", "change", "delete"),
            *(name for model in WORDS for name in on_model(model, "add", "change", "delete")),
            *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")),
        ],
        # In the other languages they may only begin: a translation they order is a draft there.
        pages={source: ["add", "change", "publish", "lock", "unlock"], **{home: ["add"] for home in homes.values()}},
        collections={ROOT_COLLECTION: CHOOSE + ADD + CHANGE},
    )
    yield Role(
        PROJECT_STAFF,
        permissions=[TO_THE_ADMIN, *on_model(Contact, "add", "change")],
        pages={page: ["add", "change"] for model in SECTIONS for page in model.objects.child_of(source)},
        collections={PROJECT_COLLECTION: CHOOSE + ADD + CHANGE, SHARED_COLLECTION: CHOOSE},
    )


def approvals() -> Iterator[Approval]:
    for home in HomePage.objects.filter(depth=2, locale__language_code=SOURCE_LANGUAGE):
        yield Approval(f"{EDITORS} gibt frei", home, EDITORS)
