"""Rules of Leichte Sprache that a program can check. Pure: text in, hints out."""

from translations.easy.rules.check import Text, check
from translations.easy.rules.hints import Hint, Rule, rules

__all__ = ["Hint", "Rule", "Text", "check", "rules"]
