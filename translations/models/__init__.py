from translations.models.easy_text import EasyText

__all__ = ["EasyText"]
