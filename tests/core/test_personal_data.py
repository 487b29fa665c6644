"""Nothing on people is held that the command does not know."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.test.utils import isolate_apps

from campaigns.models import SignUp
from core import personal_data
from core.models import OutboxMail, Term
from core.personal_data import explained, holdings

WORDS = re.compile(
    r"(?:^|_)(?:email|phone|mobile|address|ip|ip_address|postal_code|street|comment|message|recipients?)(?:_|$)"
    r"|^(?:name|first_name|last_name|full_name)$"
)
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
