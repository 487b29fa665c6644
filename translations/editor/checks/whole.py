"""All texts of a translation at once, in a fixed number of queries."""

from wagtail_localize.models import Translation

from translations.editor.checks.findings import Finding, error
from translations.editor.checks.text import check
from translations.editor.segments import Segment, Sheet


def check_translation(translation: Translation) -> list[Finding]:
    return check_sheet(Sheet(translation))


def check_sheet(sheet: Sheet) -> list[Finding]:
    """Every finding is also hung on its segment."""
    language = sheet.translation.target_locale.language_code
    for segment in sheet.segments:
        segment.findings = check_segment(segment, language)
    return [finding for segment in sheet.segments for finding in segment.findings]


def check_segment(segment: Segment, language: str) -> list[Finding]:
    found = check(segment.source, segment.data, language=language, limit=segment.place.limit, terms=segment.terms)
    if segment.saved and segment.saved.has_error and not any(finding.is_error for finding in found):
        found.insert(0, error("field", segment.saved.get_error() or ""))
    return [finding.at(segment.pk, segment.where) for finding in found]
