"""What the translation desk remembers beside wagtail-localize's own rows. One file per thing."""

from translations.models.assignment import Assignment
from translations.models.comment import SegmentComment
from translations.models.digest import DigestSettings
from translations.models.draft_text import DraftText
from translations.models.easy_text import EasyText
from translations.models.job import Job, JobItem
from translations.models.release import Release, ReleaseItem, ReleaseLanguage, ReleaseText
from translations.models.text_file import TextFile

__all__ = [
    "Assignment",
    "DigestSettings",
    "DraftText",
    "EasyText",
    "Job",
    "JobItem",
    "Release",
    "ReleaseItem",
    "ReleaseLanguage",
    "ReleaseText",
    "SegmentComment",
    "TextFile",
]
