from translations.models.assignment import Assignment
from translations.models.comment import SegmentComment
from translations.models.digest import DigestSettings
from translations.models.easy_text import EasyText

__all__ = ["Assignment", "DigestSettings", "EasyText", "SegmentComment"]
