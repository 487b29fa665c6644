"""Everything held on one email address, exported or erased with one command.

Each package says in `<package>/personal_data.py` which of its models hold something on visitors: a list `HOLDINGS`.
A test fails when a model looks as if it did and is in no such list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils.module_loading import module_has_submodule

from core.email_addresses import normalised
from core.models import OutboxMail


@dataclass(frozen=True)
class Holding:
    """Rows of `model` on a person: `rows(address)` finds them, `erase(row)` takes one away with all that hangs on it."""

    model: type[models.Model]
    rows: Callable[[str], models.QuerySet]
    erase: Callable[[models.Model], object] = models.Model.delete


def waiting_mails(address: str) -> models.QuerySet:
    """Found one by one: not every database looks into lists. Few mails wait at a time."""
    wanted = normalised(address)
    rows = OutboxMail.objects.values_list("pk", "recipients")
    return OutboxMail.objects.filter(pk__in=[pk for pk, to in rows if wanted in map(normalised, to)])


def holdings() -> Iterator[Holding]:
    yield Holding(OutboxMail, waiting_mails)
    for config in apps.get_app_configs():
        if config.name != "core" and module_has_submodule(config.module, "personal_data"):
            yield from getattr(import_module(f"{config.name}.personal_data"), "HOLDINGS", ())


def export(address: str) -> dict[str, list[dict]]:
    """By model, every field of every row as it is stored."""
    found = {}
    for holding in holdings():
        rows = [model_to_dict(row) | _dates(row) for row in holding.rows(address)]
        if rows:
            found[holding.model._meta.label] = rows
    return found


@transaction.atomic
def erase(address: str) -> dict[str, int]:
    erased = {}
    for holding in holdings():
        rows = [*holding.rows(address)]
        for row in rows:
            holding.erase(row)
        if rows:
            erased[holding.model._meta.label] = len(rows)
    return erased


def _dates(row: models.Model) -> dict:
    """Fields that nobody edits count as well."""
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields if not field.editable}
