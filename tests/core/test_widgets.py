from django import forms

from core.widgets import LongSelect

CHOICES = [("", "—"), (1, "eins"), ("2", "<zwei> & mehr")]


def test_a_long_select_is_an_ordinary_one():
    long, ordinary = LongSelect({"class": "x"}, CHOICES), forms.Select({"class": "x"}, CHOICES)
    for value in ("", None, 1, "2", "fehlt"):
        attrs = {"id": "id_a", "required": True}
        assert long.render("a", value, attrs).split() == flat(ordinary.render("a", value, attrs))


def flat(html):
    return html.replace("\n", "").replace("  <", "<").split()
