"""Funding, materials and milestones of the sample projects, with drawn logos and one-page documents."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Page

from campaigns.models import FundingPeriod, ProjectMaterial, ProjectPage
from core.image_metadata import CleanFile
from core.models import SiteDocument, SiteImage
from core.roles import SHARED_COLLECTION, collection
from demo.loader import texts
from demo.loader.patterns import PALETTE
from demo.loader.references import References

TEXTS_OF_PERIOD = ("funder", "programme", "amount", "needs_disclaimer")


def load_funding() -> None:
    """Projects that have funding already stay as they are."""
    references = References()
    for entry in texts.read("de/funding")["project"]:
        project = ProjectPage.objects.get(pk=references.page(entry["page"]))
        if not project.funding_periods.exists():
            _fill(project, entry)
            for path in [*entry.get("news", []), *entry.get("events", [])]:
                page = Page.objects.get(pk=references.page(path)).specific
                page.projects.add(project)
                page.save_revision(clean=False).publish()


def _fill(project: ProjectPage, entry: dict) -> None:
    project.funding_periods = [_period(row, order) for order, row in enumerate(entry["funding"])]
    project.materials = [_material(row, order) for order, row in enumerate(entry.get("material", []))]
    project.milestones = [
        ("milestone", {"date": _day(row["in_days"]), "text": row["text"]}) for row in entry.get("milestone", [])
    ]
    project.partners = [("partner", {"name": name, "url": ""}) for name in entry.get("partners", [])]
    project.save_revision(clean=False).publish()


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _period(row: dict, order: int) -> FundingPeriod:
    return FundingPeriod(
        sort_order=order,
        starts_on=_day(row["starts_in_days"]),
        ends_on=_day(row["ends_in_days"]),
        keep_until=_day(row["keep_in_days"]) if "keep_in_days" in row else None,
        logos=[("logo", {"image": _logo(name), "url": ""}) for name in row["logos"]],
        texts=[("text", text) for text in row["texts"]],
        **{name: row[name] for name in TEXTS_OF_PERIOD if name in row},
    )


def _material(row: dict, order: int) -> ProjectMaterial:
    return ProjectMaterial(
        sort_order=order, document=_document(row["document"]), licence=row["licence"], date=_day(row["in_days"])
    )


def _logo(name: str) -> SiteImage:
    title = f"Logo {name} (Beispiel)"
    found = SiteImage.objects.filter(title=title).first()
    return found or SiteImage.objects.create(
        title=title,
        description=f"Logo: {name}",
        credit="Bundesverband NeMO (Beispiel)",
        file=CleanFile(_drawn(name), name=f"{name.lower()}.png"),
        collection=collection(SHARED_COLLECTION),
    )


def _drawn(name: str) -> bytes:
    strong, _wash = PALETTE[[*PALETTE][len(name) % len(PALETTE)]]
    image = Image.new("RGB", (640, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((30, 50, 170, 190), fill=strong)
    draw.ellipse((65, 85, 135, 155), fill="white")
    draw.text((200, 92), name, fill=strong, font=ImageFont.load_default(52))
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _document(title: str) -> SiteDocument:
    found = SiteDocument.objects.filter(title=title).first()
    return found or SiteDocument.objects.create(
        title=title,
        file=ContentFile(_pdf(title), name="beispiel.pdf"),
        collection=collection(SHARED_COLLECTION),
    )


def _pdf(title: str) -> bytes:
    target = BytesIO()
    sheet = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(sheet).text((120, 160), title, fill="black", font=ImageFont.load_default(48))
    sheet.save(target, "PDF", resolution=150, title=title)
    return target.getvalue()
