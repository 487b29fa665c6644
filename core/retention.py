"""What is held on people goes when its time is over. `purge_personal_data` runs every hour.

Each package says in `<package>/personal_data.py` what goes when: a list `RULES` beside its `HOLDINGS`. A rule that fails
holds up no other, and the run counts as incomplete. When none was complete for 25 hours, everybody who can do something
about it is told: on the first page of the admin, at /health/, in the log, and once a day by mail.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.languages import preferred_language
from core.models import RetentionRun, User
from core.public_forms import first_time

logger = logging.getLogger(__name__)

# Where a limit is promised ("at most seven days"), a rule deletes this much earlier: then it holds however late the
# last run may be before somebody is told.
LATENESS = timedelta(hours=25)
RUNS_KEPT = timedelta(days=400)
BATCH = 500
ADMINISTRATION = "Administration"


@dataclass(frozen=True)
class Rule:
    """`delete` takes away what is over its time and says how many rows that were. Safe to repeat."""

    name: str
    delete: Callable[[], int]


def rows(name: str, over: Callable[[], QuerySet]) -> Rule:
    """A rule of nothing but rows: `over` finds those whose time is over."""
    return Rule(name, lambda: in_batches(over()))


def in_batches(over: QuerySet) -> int:
    """Short transactions, so that others can write meanwhile."""
    deleted = 0
    while keys := [*over.order_by().values_list("pk", flat=True)[:BATCH]]:
        over.model._default_manager.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted


def rules() -> Iterator[Rule]:
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "personal_data"):
            yield from getattr(import_module(f"{config.name}.personal_data"), "RULES", ())


def purge() -> RetentionRun:
    run = RetentionRun.objects.create(started_at=timezone.now())
    for rule in rules():
        try:
            if number := rule.delete():
                run.deleted[rule.name] = number
        except Exception:
            logger.exception("%s could not be deleted; it is tried again in the next run.", rule.name)
            run.failed.append(rule.name)
    run.finished_at = timezone.now()
    run.save()
    in_batches(RetentionRun.objects.filter(started_at__lt=run.started_at - RUNS_KEPT))
    return run


def last_complete() -> RetentionRun | None:
    return RetentionRun.objects.filter(finished_at__isnull=False, failed=[]).order_by("-finished_at").first()


def is_late() -> bool:
    last = last_complete()
    return last is None or last.finished_at < timezone.now() - LATENESS


def complain() -> int:
    """Where it is late: into the log, and once a day by mail to the administrators. Returns how many mails were sent."""
    if not is_late():
        return 0
    last = last_complete()
    logger.error("Personal data was not purged for 25 hours; the last complete run: %s", last)
    with transaction.atomic():
        if not first_time("retention is late", timezone.localdate()):
            return 0
        people = [*administrators()]
        for user in people:
            _write_to(user, last)
    return len(people)


def administrators() -> QuerySet[User]:
    theirs = Q(is_superuser=True) | Q(groups__name=ADMINISTRATION)
    return User.objects.filter(theirs, is_active=True).exclude(email="").distinct()


def _write_to(user: User, last: RetentionRun | None) -> None:
    with override(preferred_language(user)):
        when = f"{timezone.localtime(last.finished_at):%d.%m.%Y %H:%M}" if last else _("never")
        text = _(
            "Personal data whose time is over has not been deleted for more than 25 hours.\n\n"
            "Last complete run: %(when)s\n"
            "Site: %(site)s\n\n"
            "Please ask whoever runs the server to look at the command purge_personal_data and at the log."
        ) % {"when": when, "site": settings.BASE_URL}
        EmailMessage(_("Personal data is not being deleted"), text, to=[user.email]).send()
