"""The proof as tables. Figures count people and name nobody; amounts of money are left out."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.funding.proof.contents import Part
from campaigns.funding.proof.figures import figures
from campaigns.models import ProjectPage
from core.addresses import absolute
from core.spreadsheets import as_csv, cell

Row = list[object]


def tables(project: ProjectPage, parts: list[Part]) -> dict[str, bytes]:
    """By file name."""
    return {
        "foerderung.csv": _csv(_funding(project)),
        "seiten.csv": _csv(_pages(parts)),
        "materialien.csv": _csv(_materials(project)),
        "zahlen.csv": _csv(_figures(project)),
    }


def _csv(rows: Iterable[Row]) -> bytes:
    return b"".join(as_csv([cell(value) for value in row] for row in rows))


def _day(value) -> str:
    if value is None:
        return ""
    return f"{timezone.localtime(value) if hasattr(value, 'hour') else value:%Y-%m-%d}"


def _funding(project: ProjectPage) -> Iterator[Row]:
    yield [_("Funder"), _("Programme"), _("From"), _("To"), _("Documents are kept until")]
    for period in project.funding_periods.all():
        yield [period.funder, period.programme, _day(period.starts_on), _day(period.ends_on), _day(period.keep_until)]


def _pages(parts: list[Part]) -> Iterator[Row]:
    yield [
        _("Kind"),
        _("Title"),
        _("Language"),
        _("Date"),
        _("First published"),
        _("Last published"),
        _("Funders named"),
        _("Address"),
        _("File"),
    ]
    for part in parts:
        yield [
            part.kind,
            part.version.title,
            part.language,
            _day(part.day),
            _day(part.version.first_published_at),
            _day(part.version.last_published_at),
            "; ".join(str(period) for period in part.periods),
            absolute(part.page, part.language),
            part.name,
        ]


def _materials(project: ProjectPage) -> Iterator[Row]:
    yield [_("Title"), _("Language"), _("Licence"), _("Date"), _("Funders named"), _("File name"), _("SHA-1")]
    periods = [*project.funding_periods.all()]
    for item in project.materials.select_related("document").order_by("date", "pk"):
        funders = "; ".join(str(period) for period in periods if period.covers(item.date))
        licence = item.get_licence_display()
        name, digest = item.document.filename, item.document.file_hash
        yield [item, item.language, licence, _day(item.date), funders, name, digest]


def _figures(project: ProjectPage) -> Iterator[Row]:
    yield [_("What"), _("Title"), _("Date"), _("Figure"), _("Number")]
    for figure in figures(project):
        yield [figure.kind, figure.title, figure.date, figure.name, figure.number]
