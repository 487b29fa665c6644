"""Texts that people type into public forms, without what nobody can see."""

import re

from django import forms

from organisations.upkeep.description import tidy

# Signs that make a text read otherwise than it is stored; nobody needs them in a form.
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Line(forms.CharField):
    """One line of text, without invisible signs."""

    def to_python(self, value):
        return " ".join(OVERRIDES.sub("", super().to_python(value)).split())


class Text(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value):
        return tidy(OVERRIDES.sub("", super().to_python(value)))
