"""Leichte Sprache: texts of their own at the place of German pages, their rules, and what is known about each."""

from translations.easy.states import EasyCell, EasyState, states

__all__ = ["EasyCell", "EasyState", "states"]
