from pathlib import Path

import polib
import pytest

from core.catalogues import Message, compile_catalogues, faults, messages_of, source_folders, update

ROOT = Path(__file__).resolve().parents[2]

TEMPLATE = """
{% load i18n %}
<p title="{% translate "Close" %}">
  {% blocktranslate trimmed count counter=total %}
    One entry
  {% plural %}
    {{ counter }} entries in 100 %
  {% endblocktranslate %}
</p>
{% translate "May" context "month" %}
"""

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy
# Translators: a button
title = _("Send %(name)s")
close = _("Close")
"""


@pytest.fixture
def messages(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "page.html").write_text(TEMPLATE)
    (package / "models.py").write_text(CODE)
    return messages_of([package])


@pytest.fixture
def catalogue(tmp_path):
    return tmp_path / "ar" / "LC_MESSAGES" / "django.po"


def test_strings_of_code_and_templates_are_found_once(messages):
    assert set(messages) == {
        Message("Close"),
        Message("Send %(name)s"),
        Message("May", context="month"),
        Message("One entry", plural="%(counter)s entries in 100 %%"),
    }
    assert messages[Message("Send %(name)s")] == {"Translators: a button"}


def test_update_keeps_translations_and_drops_what_is_gone(messages, catalogue):
    assert update(catalogue, messages)
    file = polib.pofile(str(catalogue))
    file.find("Close").msgstr = "إغلاق"
    file.append(polib.POEntry(msgid="Gone", msgstr="ذهب"))
    file.save()
    assert update(catalogue, messages)
    file = polib.pofile(str(catalogue))
    assert file.find("Close").msgstr == "إغلاق"
    assert file.find("Gone") is None
    assert not update(catalogue, messages)


def test_arabic_has_six_plural_forms(messages, catalogue):
    update(catalogue, messages)
    assert len(polib.pofile(str(catalogue)).find("One entry").msgstr_plural) == 6


def test_faults_name_what_is_open(messages, catalogue):
    update(catalogue, messages)
    assert "ar: untranslated: 'Close'" in faults(catalogue, messages)
    file = polib.pofile(str(catalogue))
    file.find("Close").msgstr = "إغلاق"
    file.find("Send %(name)s").msgstr = "إرسال %(nane)s"
    file.save()
    assert "ar: placeholders differ: 'Send %(name)s'" in faults(catalogue, messages)
    assert "ar: untranslated: 'Close'" not in faults(catalogue, messages)


def test_the_source_language_is_complete_by_itself(messages, tmp_path):
    english = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    update(english, messages, copy_source=True)
    assert faults(english, messages) == []


def test_compiling_is_repeatable(messages, catalogue, tmp_path):
    update(catalogue, messages)
    assert compile_catalogues(tmp_path) == [catalogue.with_suffix(".mo")]
    assert compile_catalogues(tmp_path) == []


@pytest.fixture(scope="module")
def messages_of_the_site():
    return messages_of(source_folders(ROOT))


@pytest.mark.parametrize("language", ["de", "de_Simple", "en", "tr", "ru", "ar", "pl", "uk"])
def test_interface_is_complete(language, messages_of_the_site):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert faults(path, messages_of_the_site) == []
