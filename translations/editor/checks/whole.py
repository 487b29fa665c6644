"""All texts of a translation at once, in a fixed number of queries."""

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translations.editor.checks.findings import Finding, error, warning
from translations.editor.checks.text import check
from translations.editor.segments import Segment
from translations.editor.sheet import Sheet
from translations.glossary import violations
from translations.models.glossary import Rule


def check_translation(translation: Translation) -> list[Finding]:
    return check_sheet(Sheet(translation))


def check_sheet(sheet: Sheet) -> list[Finding]:
    """Every finding is also hung on its segment."""
    for segment in sheet.segments:
        segment.findings = check_segment(segment, sheet.language)
    return [finding for segment in sheet.segments for finding in segment.findings]


def check_segment(segment: Segment, language: str) -> list[Finding]:
    kept = [segment.source[term.start : term.end] for term in segment.terms if term.rule == Rule.KEEP]
    found = check(segment.source, segment.data, language=language, limit=segment.place.limit, kept=kept)
    if segment.data:
        found += [warning("term", fault.message) for fault in violations(segment.source, segment.data, language)]
    if segment.saved and segment.saved.has_error and not any(finding.is_error for finding in found):
        found.insert(0, error("field", segment.saved.get_error() or _("This text did not fit when it was published.")))
    return [finding.at(segment.pk, segment.where) for finding in found]
