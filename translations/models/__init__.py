from translations.models.assignment import Assignment
from translations.models.comment import SegmentComment
from translations.models.demand import Demand
from translations.models.digest import DigestSettings
from translations.models.draft_text import DraftText
from translations.models.easy_settings import EasySettings
from translations.models.easy_text import EasyText
from translations.models.glossary import GlossaryTerm, GlossaryTranslation, SuppliedTerm
from translations.models.job import Job, JobItem
from translations.models.machine_policy import MachinePolicy
from translations.models.machine_use import MachineUse
from translations.models.memory import MemoryWord
from translations.models.provenance import Provenance
from translations.models.reader_note import ReaderNote
from translations.models.release import Release, ReleaseItem, ReleaseLanguage, ReleaseText
from translations.models.review import Review
from translations.models.text_change import TextChange
from translations.models.text_file import TextFile, TextFilePart

__all__ = [
    "Assignment",
    "Demand",
    "DigestSettings",
    "DraftText",
    "EasySettings",
    "EasyText",
    "GlossaryTerm",
    "GlossaryTranslation",
    "Job",
    "JobItem",
    "MachinePolicy",
    "MachineUse",
    "MemoryWord",
    "Provenance",
    "ReaderNote",
    "Release",
    "ReleaseItem",
    "ReleaseLanguage",
    "ReleaseText",
    "Review",
    "SegmentComment",
    "SuppliedTerm",
    "TextChange",
    "TextFile",
    "TextFilePart",
]
