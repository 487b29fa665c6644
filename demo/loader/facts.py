"""Facts from TOML onto a page: each value is read as its field needs it."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from core.models import Contact, SiteImage, Term
from demo.loader.references import References

# Child rows whose texts give one value only.
SINGLE_VALUES = {"interpreted_languages": "language", "social_links": "url"}


def set_facts(page: models.Model, facts: dict, references: References) -> None:
    for name, value in _with_dates(facts).items():
        field = page._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            getattr(page, name).set(_rows(field.related_model, value, references))
        elif isinstance(field, models.ManyToOneRel):
            setattr(page, name, [_child(field.related_model, name, row, references, n) for n, row in enumerate(value)])
        elif isinstance(field, models.ForeignKey):
            setattr(page, field.attname, _key(field.related_model, value, references))
        else:
            setattr(page, name, value)


def _child(model, name: str, row, references: References, order: int) -> models.Model:
    child = model()
    set_facts(child, _row(name, row, order), references)
    return child


def _row(name: str, row, order: int) -> dict:
    return {"sort_order": order, **(_with_dates(row) if isinstance(row, dict) else {SINGLE_VALUES[name]: row})}


def _rows(model, names: list[str], references: References) -> list:
    if issubclass(model, Term):
        return references.terms(model, names)
    return list(model.objects.filter(pk__in=[references.page(path) for path in names]))


def _key(model, name: str, references: References) -> int:
    return {SiteImage: references.image, Contact: references.contact}[model](name)


def _with_dates(facts: dict) -> dict:
    """`starts_in_days` and its like count from the day of loading, so that the sample never looks over."""
    facts = dict(facts)
    for days, clock, moment, date in [
        ("starts_in_days", "start_time", "starts_at", "starts_on"),
        ("ends_in_days", "end_time", "ends_at", "ends_on"),
        ("handed_over_in_days", "", "", "handed_over_on"),
        ("counted_in_days", "", "", "counted_on"),
        ("embargo_in_days", "embargo_time", "embargo_until", ""),
        ("in_days", "", "", "date"),
    ]:
        if days in facts:
            day = timezone.localdate() + timedelta(days=facts.pop(days))
            time = facts.pop(clock, None)
            if time is None:
                facts[date] = day
            else:
                facts[moment] = timezone.make_aware(datetime.combine(day, time))
    return facts
