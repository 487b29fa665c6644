"""The 16 Bundesländer by the two-letter codes of ISO 3166-2:DE."""

from django.utils.translation import gettext_lazy as _

STATES = [
    ("BW", _("Baden-Württemberg")),
    ("BY", _("Bavaria")),
    ("BE", _("Berlin")),
    ("BB", _("Brandenburg")),
    ("HB", _("Bremen")),
    ("HH", _("Hamburg")),
    ("HE", _("Hesse")),
    ("MV", _("Mecklenburg-Western Pomerania")),
    ("NI", _("Lower Saxony")),
    ("NW", _("North Rhine-Westphalia")),
    ("RP", _("Rhineland-Palatinate")),
    ("SL", _("Saarland")),
    ("SN", _("Saxony")),
    ("ST", _("Saxony-Anhalt")),
    ("SH", _("Schleswig-Holstein")),
    ("TH", _("Thuringia")),
]
