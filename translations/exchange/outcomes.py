"""What can become of an entry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    TAKEN = "taken", _("Taken over")
    UNCHANGED = "unchanged", _("Unchanged")
    EMPTY = "empty", _("Not translated in the file")
    UNSURE = "unsure", _("Marked as unsure: kept as a draft")
    BESIDE = "beside", _("Somebody changed this text here meanwhile: kept as a draft")
    CHANGED = "changed", _("The German text has changed since")
    UNKNOWN = "unknown", _("No longer on this page")
    SOURCE = "source", _("The German text was altered in the file")
    BROKEN = "broken", _("Tags or links do not fit the German text")
    REFUSED = "refused", _("Cannot be stored")
    TWICE = "twice", _("Appears twice with different texts")
    PLURAL = "plural", _("Plural forms do not occur here")
    OBSOLETE = "obsolete", _("Marked as obsolete in the file")


# These need nobody's attention and are counted only.
QUIET = {Outcome.TAKEN, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.OBSOLETE}
