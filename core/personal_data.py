"""Everything held on one email address, exported or erased with one command.

Each package says in `<package>/personal_data.py` which of its models hold something on people outside: a list
`HOLDINGS`. Models that only look as if they did stand in `EXPLAINED`, each with the reason; a test fails when a model is
in neither. What goes when is said there, too: `RULES`, see core.retention.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from email.utils import getaddresses
from importlib import import_module

from django.apps import apps
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils.module_loading import module_has_submodule

from core.email_addresses import normalised
from core.models import Contact, DoneOnce, OutboxMail, User
from core.public_forms import forget_done
from core.retention import Rule, rows


@dataclass(frozen=True)
class Holding:
    """Rows of `model` on a person: `rows(address)` finds them, `erase(row)` takes one away with all that hangs on it.

    Without `erase` they are exported only, because they serve the person: a hash that keeps mail away.
    """

    model: type[models.Model]
    rows: Callable[[str], models.QuerySet]
    erase: Callable[[models.Model], object] | None = models.Model.delete


def waiting_mails(address: str) -> models.QuerySet:
    """To the address, or from it by way of a form that passes messages on.

    Found one by one: not every database looks into lists. Few mails wait at a time.
    """
    wanted = normalised(address)
    waiting = OutboxMail.objects.iterator(chunk_size=100)
    return OutboxMail.objects.filter(pk__in=[mail.pk for mail in waiting if wanted in _people(mail)])


def _people(mail: OutboxMail) -> set[str]:
    message = message_from_bytes(bytes(mail.message), policy=SMTP)
    answers = [found for _name, found in getaddresses(message.get_all("Reply-To", []))]
    return {normalised(each) for each in (*mail.recipients, *answers)}


def naming(model: type[models.Model], field: str, address: str) -> models.QuerySet:
    """Rows whose text or JSON names the address: nobody is asked for one there, and some write it all the same."""
    if "@" not in address.strip().strip("@"):
        return model._default_manager.none()
    texts = model._default_manager.annotate(text_of_field=models.functions.Cast(field, models.TextField()))
    spellings = {address.strip(), normalised(address)}
    named = models.Q()
    for spelling in spellings:
        named |= models.Q(text_of_field__icontains=spelling)
    return texts.filter(named)


HOLDINGS = [Holding(OutboxMail, waiting_mails)]
RULES = [
    Rule("posts of public forms", forget_done),
    rows("mails nobody could deliver", OutboxMail.objects.expired),
]
EXPLAINED = {
    User: "People who work in the CMS. Administrators delete accounts under Einstellungen → Benutzer.",
    Contact: "Offices and roles that the federation names in public, kept by the Redaktion.",
    DoneOnce: "Keyed hashes of whole posts; none can be found by an address. They go after two days.",
}


def _declared(name: str) -> Iterator:
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "personal_data"):
            yield getattr(import_module(f"{config.name}.personal_data"), name, None) or ()


def holdings() -> Iterator[Holding]:
    for declared in _declared("HOLDINGS"):
        yield from declared


def explained() -> dict[type[models.Model], str]:
    return {model: reason for declared in _declared("EXPLAINED") for model, reason in dict(declared).items()}


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
        rows = [*holding.rows(address)] if holding.erase else []
        for row in rows:
            holding.erase(row)
        if rows:
            erased[holding.model._meta.label] = len(rows)
    return erased


def _dates(row: models.Model) -> dict:
    """Fields that nobody edits count as well."""
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields if not field.editable}
