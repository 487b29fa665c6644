"""Nothing on people is held that the command does not know."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import models
from django.tasks import TaskResultStatus
from django.test.utils import isolate_apps
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from campaigns.models import SignUp
from core import personal_data
from core.models import Contact, OutboxMail, Term
from core.personal_data import explained, holdings

WORDS = re.compile(
    r"(?:^|_)(?:email|phone|mobile|address|ip|ip_address|postal_code|street|comment|message|recipients?)(?:_|$)"
    r"|^(?:name|first_name|last_name|full_name)$"
)
TASKS = DBTaskResult._meta.label
A_HASH = 64  # characters of SHA-256


def own_models():
    packages = {path.parent.name for path in Path(settings.BASE_DIR).glob("*/apps.py")}
    models_of_ours = [model for model in apps.get_models() if model._meta.app_config.name in packages - {"demo"}]
    return [model for model in models_of_ours if not issubclass(model, Term)]  # words have names, too


def looks_personal(model, held) -> list[str]:
    """Names of the fields that make it look so, in the model itself and not in what it inherits as a page."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key or field.is_relation]
    return [
        field.name
        for field in fields
        if isinstance(field, models.EmailField | models.GenericIPAddressField)
        or (isinstance(field, models.CharField) and field.max_length == A_HASH and not field.choices)
        or (not field.is_relation and not isinstance(field, models.BooleanField) and WORDS.search(field.name))
        or (field.is_relation and field.related_model in held)
    ]


def test_models_that_look_as_if_they_held_personal_data_are_registered_or_explained():
    held = {holding.model for holding in holdings()}
    found = {model._meta.label: looks_personal(model, held) for model in own_models() if model not in held}
    known = {model._meta.label for model in explained()}
    assert {label: fields for label, fields in found.items() if fields and label not in known} == {}


def test_reasons_are_given_for_models_that_need_one_only():
    held = {holding.model for holding in holdings()}
    assert [model._meta.label for model in explained() if not looks_personal(model, held)] == []
    assert [model._meta.label for model in explained() if model in held] == []
    assert all(len(reason) > 20 for reason in explained().values())


@isolate_apps("core")
def test_the_look_is_recognised():
    """What the first test would say of a new model."""

    class Unknown(models.Model):
        class Meta:
            app_label = "core"

        mail_of_somebody = models.EmailField()
        home_address = models.CharField(max_length=80)
        hashed = models.CharField(max_length=64)
        title = models.CharField(max_length=80)
        signed = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="+")

    held = {holding.model for holding in holdings()}
    assert looks_personal(Unknown, held) == ["mail_of_somebody", "home_address", "hashed", "signed"]


@pytest.mark.parametrize("address", ["", "@", "nobody", "\0", "a" * 300, "nobody@example.org", "%@%"])
def test_what_is_no_address_finds_nothing_and_fails_nowhere(db, address):
    assert personal_data.export(address.replace("\0", "")) == {}
    assert personal_data.erase(address.replace("\0", "")) == {}


def test_mails_that_wait_are_found_by_recipient_and_by_whom_they_answer(db, settings):
    settings.MAILERS = settings.MAILERS | {"default": {"BACKEND": "core.outbox.OutboxBackend"}}
    EmailMessage("Frage", "Text", to=["verein@example.org"], reply_to=["Thi <thi@example.org>"]).send()
    assert OutboxMail.objects.count() == 1
    for address in ("THI@example.org", "verein@example.org"):
        assert "core.OutboxMail" in personal_data.export(address)
    assert personal_data.erase("thi@example.org") == {"core.OutboxMail": 1}


def task(*args, days=0, status=TaskResultStatus.SUCCESSFUL) -> DBTaskResult:
    row = DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": args, "kwargs": {}},
        task_path="organisations.tasks.send_link_if_known",
        backend_name="default",
        run_after=timezone.now(),
    )
    then = timezone.now() - timedelta(days=days)
    finished = then if status == TaskResultStatus.SUCCESSFUL else None
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=then, finished_at=finished)
    return row


def test_an_address_that_was_given_to_a_task_is_found_and_erased(db):
    other = task("key", "mothi@example.org")
    task("key", "Thi@Example.org")
    assert len(personal_data.export("thi@example.org")[TASKS]) == 1
    assert personal_data.erase("thi@example.org") == {TASKS: 1}
    assert [*DBTaskResult.objects.all()] == [other]


def test_a_task_that_is_at_work_is_not_taken_from_its_worker(db):
    running = task("thi@example.org", status=TaskResultStatus.RUNNING)
    assert personal_data.erase("thi@example.org") == {}
    assert personal_data.elsewhere("thi@example.org") == {TASKS: [running.pk]}


def test_addresses_given_to_tasks_go_after_a_day_whatever_became_of_the_task(db):
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.RUNNING, TaskResultStatus.READY):
        task("thi@example.org", days=2, status=status)
    kept = {task("thi@example.org"), task(17, days=2), task(17, days=20, status=TaskResultStatus.READY)}
    task(17, days=15)
    call_command("purge_personal_data")
    assert {*DBTaskResult.objects.all()} == kept


def test_the_command_names_what_it_leaves_to_people(db, capsys):
    contact = Contact.objects.create(name="Thi", email="thi@example.org")
    call_command("personal_data", "export", "thi@example.org")
    assert json.loads(capsys.readouterr().out) == {"named elsewhere": {"core.Contact": [contact.pk]}}
    call_command("personal_data", "erase", "thi@example.org")
    assert f"core.Contact: still named in {contact.pk}" in capsys.readouterr().err
    assert Contact.objects.exists()
