"""Everything held on one email address, exported or erased with one command.

Each package says in `<package>/personal_data.py` which of its models hold something on people outside: a list
`HOLDINGS`. Models that only look as if they did stand in `EXPLAINED`, each with the reason; a test fails when a model is
in neither. What goes when is said there, too: `RULES`, see core.retention. `elsewhere` finds whatever else names the
address, in any table.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from email.utils import getaddresses
from importlib import import_module

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast
from django.forms.models import model_to_dict
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django_tasks_db.models import DBTaskResult

from core import mail_files
from core.email_addresses import normalised
from core.mentions import mentions, naming
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


# A task with a link to send is done in seconds; what waits for a day was lost with its worker.
ADDRESSES_IN_TASKS = timedelta(days=1)
FINISHED_TASKS = timedelta(days=14)


def waiting_mails(address: str) -> models.QuerySet:
    """To the address, or from it by way of a form that passes messages on.

    Found one by one: not every database looks into lists. Few mails wait at a time.
    """
    wanted = normalised(address)
    waiting = OutboxMail.objects.iterator(chunk_size=100)
    return OutboxMail.objects.filter(pk__in=[mail.pk for mail in waiting if wanted in _people(mail)])


def _people(mail: OutboxMail) -> set[str]:
    message = message_from_bytes(bytes(mail.message), policy=SMTP)
    people = getaddresses([*mail.recipients, *message.get_all("Reply-To", [])])
    return {normalised(address) for _name, address in people}


def given_to_tasks(address: str) -> models.QuerySet:
    """Not what a worker is at: it would stumble. That is done in seconds, and goes by a rule if its worker has died."""
    named = naming(DBTaskResult, ["args_kwargs"], address)
    return named.exclude(status=TaskResultStatus.RUNNING)


def forget_task(task: DBTaskResult) -> None:
    DBTaskResult.objects.exclude(status=TaskResultStatus.RUNNING).filter(pk=task.pk).delete()


def tasks_over() -> models.QuerySet:
    """What was to be done is done, or too late. Some are given an address that somebody typed."""
    now = timezone.now()
    given = DBTaskResult.objects.annotate(given=Cast("args_kwargs", models.TextField()))
    with_address = models.Q(given__contains="@", enqueued_at__lt=now - ADDRESSES_IN_TASKS)
    return given.filter(with_address | models.Q(finished_at__lt=now - FINISHED_TASKS))


HOLDINGS = [
    Holding(OutboxMail, waiting_mails),
    Holding(DBTaskResult, given_to_tasks, erase=forget_task),
]
RULES = [
    Rule("posts of public forms", forget_done),
    rows("mails nobody could deliver", OutboxMail.objects.expired),
    Rule("mails written into files", mail_files.forget),
    rows("finished tasks", tasks_over),
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
            found.setdefault(holding.model._meta.label, []).extend(rows)
    return found


@transaction.atomic
def erase(address: str) -> dict[str, int]:
    erased = Counter()
    for holding in holdings():
        rows = [*holding.rows(address)] if holding.erase else []
        for row in rows:
            holding.erase(row)
        if rows:
            erased[holding.model._meta.label] += len(rows)
    return dict(erased)


def elsewhere(address: str) -> dict[str, list]:
    """By model, the keys of rows beyond the holdings that name the address.

    These are texts and accounts of staff, or what others wrote; somebody has to look before anything is taken out.
    """
    held = {(holding.model, row.pk) for holding in holdings() for row in holding.rows(address)}
    found = {}
    for model, key in mentions(address):
        if (model, key) not in held:
            found.setdefault(model._meta.label, []).append(key)
    return found


def _dates(row: models.Model) -> dict:
    """Fields that nobody edits count as well."""
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields if not field.editable}
