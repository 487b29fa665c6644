"""What belongs to a project: pages that name it, and what stands below. Each shows the funders of its own date."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.models import CampaignPage, CampaignUpdatePage, PressKitPage, ProjectPage
from core.languages import SOURCE_LANGUAGE, reader_language
from core.texts import Text

MOST = 6  # of each kind as cards on the project's page; the others are a list
# Belong to the project above, or to those of the campaign above; with the field for their date.
BELOW = {CampaignUpdatePage: "date", PressKitPage: "embargo_until"}


@dataclass(frozen=True)
class Kind:
    """`relation` is the project's manager of such pages; `dated_by` names their field for the date."""

    relation: str
    dated_by: str
    heading: str | Promise
    tone: str

    @property
    def model(self) -> type[Page]:
        return ProjectPage._meta.get_field(self.relation).related_model


KINDS = [
    Kind("news", "date", _("News about this project"), "petrol"),
    Kind("events", "starts_at", _("Events of this project"), "leaf"),
    Kind("stories", "as_of", _("Good practice from this project"), "brick"),
    Kind("campaigns", "starts_on", _("Campaigns of this project"), "plum"),
]


@dataclass(frozen=True)
class Item:
    """What a card and an address need of a page."""

    text: Text
    url_path: str
    moment: datetime | None


@dataclass
class Items:
    kind: Kind
    pages: list[Item] = field(default_factory=list)
    further: list[Item] = field(default_factory=list)


@cache
def kinds_by_model() -> dict[type[Page], Kind]:
    return {kind.model: kind for kind in KINDS}


def may_belong(page: Page) -> bool:
    """Whether it is of a kind that shows the funders of projects."""
    return type(page) in kinds_by_model() or type(page) in BELOW


def keys_of_projects(page: Page) -> QuerySet:
    """Of those the page belongs to; keys, because what a draft holds is no queryset."""
    if type(page) not in BELOW:
        return page.facts.projects.values_list("id", flat=True)
    above = page.facts.path[: -page.steplen]
    of_campaign = CampaignPage.objects.filter(path=above).values("projects")
    return ProjectPage.objects.filter(Q(path=above) | Q(pk__in=of_campaign)).values_list("pk", flat=True)


def day_of(page: Page) -> date:
    """The day that decides which funding a page belongs to. Without a date it is the day it became public."""
    facts, outlook = page.facts, getattr(page, "outlook", None)
    kind = kinds_by_model().get(type(page))
    value = getattr(facts, kind.dated_by if kind else BELOW[type(page)])
    if outlook and outlook.is_series:  # it goes on: the date it speaks of now
        value = outlook.date.starts_at
    value = value or facts.first_published_at or timezone.now()
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def items_of(project: ProjectPage) -> list[Items]:
    """The public ones, the latest first, those kinds that there are; one query."""
    found = [Items(kind) for kind in KINDS]
    rows = [_rows(number, kind, project) for number, kind in enumerate(KINDS)]
    for number, *values in rows[0].union(*rows[1:], all=True):
        found[number].pages.append(_item(*values))
    for items in found:
        items.pages.sort(key=lambda item: (str(item.moment or ""), item.text.title), reverse=True)
        items.pages, items.further = items.pages[:MOST], items.pages[MOST:]
    return [items for items in found if items.pages]


def _rows(number: int, kind: Kind, project: ProjectPage):
    columns = ["number", "url_path", "title", "summary", "moment"]
    if reader_language() != SOURCE_LANGUAGE:
        columns += ["translated_title", "translated_summary"]
    pages = kind.model.objects.listed().filter(projects=project.pk).with_text().order_by()
    moment = Cast(F(kind.dated_by), DateTimeField())
    if hasattr(pages, "with_next_start"):
        pages, moment = pages.with_next_start(), Coalesce(F("next_start"), moment)
    return pages.annotate(number=Value(number), moment=moment).values_list(*columns)


def _item(url_path, title, summary, moment, translated_title="", translated_summary="") -> Item:
    if translated_title:
        return Item(Text(translated_title, translated_summary or "", reader_language()), url_path, moment)
    return Item(Text(title, summary, SOURCE_LANGUAGE), url_path, moment)
