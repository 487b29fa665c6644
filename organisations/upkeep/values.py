"""What an organisation may propose to change: name, label, present value, and how a value is read and stored.

A value is what JSON can hold: texts, truth values, keys of terms, rows of opening hours and of languages.
"""

from collections.abc import Callable, Iterable
from datetime import time
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from organisations.languages import language_name
from organisations.models import OpeningHours, OrganisationPage, Service, SpokenLanguage, TargetGroup
from organisations.models.entry import PRECISIONS
from organisations.states import STATES
from organisations.upkeep import description

# In the order in which they are read.
LABELS = {
    "status": _("Status"),
    "summary": _("In two sentences"),
    "description": _("Description"),
    "photo": _("Picture"),
    "street": _("Street and number"),
    "postal_code": _("Postal code"),
    "place": _("Place"),
    "state": _("State"),
    "precision": _("What the public sees of the address"),
    "phone": _("Phone"),
    "shows_phone": _("The phone number is public"),
    "email": _("Email"),
    "open_data": _("Part of the open data"),
    "website": _("Website"),
    "opening_hours": _("Opening hours"),
    "spoken_languages": _("Spoken languages"),
    "services": _("What you can get there"),
    "target_groups": _("For whom"),
    "step_free": _("Step-free rooms"),
    "accessibility_note": _("Note on accessibility"),
}
OF_RECORD = ("street", "postal_code", "place", "state", "precision", "phone", "shows_phone", "email", "open_data")
TERMS = {"services": Service, "target_groups": TargetGroup}
# Whoever releases one of these, or changes what is released, says that it may be.
NEEDING_CONSENT = {"street", "precision", "phone", "shows_phone", "open_data"}


def current(page: OrganisationPage) -> dict[str, Any]:
    """Everything as it is now; `description` is missing where plain text could not say it."""
    values = {name: getattr(page.record, name) for name in OF_RECORD}
    values |= {
        name: getattr(page, name) for name in ("summary", "website", "step_free", "accessibility_note", "status")
    }
    values |= {name: sorted(term.key for term in getattr(page, name).all()) for name in TERMS}
    values["opening_hours"] = [
        {"weekday": row.weekday, "opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}", "note": row.note}
        for row in page.opening_hours.all()
    ]
    values["spoken_languages"] = [
        {"language": row.language, "mode": row.mode, "note": row.note} for row in page.spoken_languages.all()
    ]
    text = description.from_body(page.body)
    return values if text is None else values | {"description": text}


def changed(page: OrganisationPage, wanted: dict[str, Any]) -> dict[str, Any]:
    """Of the wanted values those that are other than now."""
    before = current(page)
    return {name: value for name, value in wanted.items() if name in before and before[name] != value}


def of_page(values: dict[str, Any]) -> dict[str, Any]:
    """As `organisations.facts.change_facts` takes them: without those of the record."""
    found = {name: value for name, value in values.items() if name not in (*OF_RECORD, "photo")}
    for name, model in TERMS.items():
        if name in found:
            found[name] = model.objects.source().filter(key__in=found[name])
    if "opening_hours" in found:
        found["opening_hours"] = [
            row | {name: time.fromisoformat(row[name]) for name in ("opens", "closes")}
            for row in found["opening_hours"]
        ]
    if "description" in found:
        found["body"] = description.to_body(found.pop("description"))
    return found


def as_text(name: str, value: Any) -> str:
    """For people, in the active language; several lines for rows."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    return READ.get(name, str)(value)


def _term_names(model) -> Callable[[Iterable[str]], str]:
    def read(keys: Iterable[str]) -> str:
        return ", ".join(label.text for label in model.objects.filter(key__in=keys).labels(get_language()))

    return read


def _hours(rows: list[dict]) -> str:
    days = dict(OpeningHours.WEEKDAYS)
    return "\n".join(
        _with_note(f"{days[row['weekday']]} {_clock(row['opens'])}–{_clock(row['closes'])}", row["note"])
        for row in rows
    )


def _clock(text: str) -> str:
    return time_format(time.fromisoformat(text), "TIME_FORMAT")


def _languages(rows: list[dict]) -> str:
    modes = dict(SpokenLanguage.MODES)
    return "\n".join(
        _with_note(f"{language_name(row['language'], get_language())}, {modes[row['mode']]}", row["note"])
        for row in rows
    )


def _with_note(text: str, note: str) -> str:
    return pgettext("text (note)", "%(text)s (%(note)s)") % {"text": text, "note": note} if note else text


CHOICES = {
    "precision": dict(PRECISIONS),
    "state": {"": "", **dict(STATES)},
    "step_free": dict(OrganisationPage.STEP_FREE),
    "status": dict(OrganisationPage.STATUSES),
}
READ = {
    "opening_hours": _hours,
    "spoken_languages": _languages,
    "services": _term_names(Service),
    "target_groups": _term_names(TargetGroup),
}
