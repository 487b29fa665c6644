from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`message` explains itself. `segment` and `place` say where, when a whole translation is checked."""

    code: str
    severity: Severity
    message: str
    segment: int | None = None
    place: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    def at(self, segment: int, place: str) -> "Finding":
        return replace(self, segment=segment, place=place)


def error(code: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, message)


def warning(code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, message)
