"""How a campaign stands, for its page: asked in as few queries with a million signatures as with none."""

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from campaigns.models import CampaignPage, Motif, PaperBatch, PressKitPage, SignUp


def standing(page: Page) -> dict:
    """Signatures on paper and the day of the last count, whether there are motifs, and the path of the press kit.

    One query, remembered on the German page, because several parts of the page ask.
    """
    facts = page.facts
    if "_standing" not in facts.__dict__:
        kits = PressKitPage.objects.listed().child_of(facts).order_by("-path").values("url_path")[:1]
        batches = PaperBatch.objects.filter(page=OuterRef("pk")).order_by().values("page")
        asked = Page.objects.filter(pk=facts.pk).values(
            on_paper=Subquery(batches.annotate(all=Sum("number")).values("all")),
            counted_on=Subquery(batches.annotate(last=Max("counted_on")).values("last")),
            has_motifs=Exists(Motif.objects.filter(page=OuterRef("pk"))),
            press_kit=Subquery(kits),
        )
        facts.__dict__["_standing"] = asked.first() or {}
    return facts.__dict__["_standing"]


def people(campaign: CampaignPage, names: int, voices: int) -> list[SignUp]:
    """So many who are named and so many who are quoted, the latest first.

    Each part is limited before both are put together, which Django has no words for on every database.
    """
    parts = [_keys(campaign.sign_ups.to_show(), names), _keys(campaign.sign_ups.to_quote(), voices)]
    sql = " UNION ALL ".join(f"SELECT id FROM ({part}) AS part{number}" for number, (part, _) in enumerate(parts))  # noqa: S608
    chosen = RawSQL(sql, [value for _, values in parts for value in values])  # noqa: S611 - made by Django from querysets
    return [*campaign.sign_ups.filter(pk__in=chosen).order_by("-confirmed_at", "-pk")]


def _keys(rows: QuerySet[SignUp], number: int) -> tuple[str, tuple]:
    return rows.values("id")[:number].query.sql_with_params()
