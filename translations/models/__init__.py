"""What the translation desk remembers beside wagtail-localize's own rows. One file per thing."""

from translations.models.assignment import Assignment
from translations.models.comment import SegmentComment
from translations.models.digest import DigestSettings
from translations.models.easy_text import EasyText
from translations.models.job import Job, JobItem

__all__ = [
    "Assignment",
    "DigestSettings",
    "EasyText",
    "Job",
    "JobItem",
    "SegmentComment",
]
