import os
import subprocess
import sys

import pytest

SECRET = "s" * 60
PRODUCTION = {"SECRET_KEY": SECRET, "BASE_URL": "https://www.example.org"}


def start(**variables):
    """Import the settings in a process of their own, with no other configuration than this."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings"],
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_whole_production_starts():
    result = start(**PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"BASE_URL": "http://www.example.org"}, "BASE_URL"),
        ({"BASE_URL": "https://[broken"}, "BASE_URL"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEMO": "1"}, "DEMO"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"REDIS_URL": "http://localhost"}, "REDIS_URL"),
        ({"STORAGE_URL": "ftp://localhost"}, "STORAGE_URL"),
        ({"EMAIL_URL": "smtp:"}, "EMAIL_URL"),
        ({"EMAIL_URL": "pigeon://loft"}, "EMAIL_URL"),
        ({"TASKS": "celery"}, "TASKS"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"MACHINE_TRANSLATION": "ar=babelfish"}, "MACHINE_TRANSLATION"),
        ({"MACHINE_TRANSLATION": "deepl"}, "MACHINE_TRANSLATION"),
        ({"MACHINE_TRANSLATION": "xx=deepl", "DEEPL_KEY": "k"}, "MACHINE_TRANSLATION"),
        ({"MACHINE_TRANSLATION": "de-simple=deepl", "DEEPL_KEY": "k"}, "MACHINE_TRANSLATION"),
        ({"MACHINE_TRANSLATION": "ar=deepl,ar=google", "DEEPL_KEY": "k"}, "MACHINE_TRANSLATION"),
        ({"MACHINE_TRANSLATION": "*=libretranslate"}, "LIBRETRANSLATE_URL"),
        ({"MACHINE_TRANSLATION": "*=libretranslate", "LIBRETRANSLATE_URL": "ftp://x"}, "LIBRETRANSLATE_URL"),
        ({"MACHINE_TRANSLATION": "pl=deepl"}, "DEEPL_KEY"),
        ({"MACHINE_TRANSLATION": "pl=google"}, "GOOGLE_TRANSLATE_KEY"),
        ({"MACHINE_WORDS_PER_MONTH": "many"}, "MACHINE_WORDS_PER_MONTH"),
        ({"MACHINE_TIMEOUT": "0"}, "MACHINE_TIMEOUT"),
    ],
)
def test_a_fault_is_one_line_that_names_the_variable(changes, named):
    result = start(**(PRODUCTION | changes))
    assert result.returncode == 1
    lines = result.stderr.strip().splitlines()
    assert lines[0] == "NeMO CMS does not start:"
    assert [line for line in lines[1:] if line.startswith(f"{named}: ")]
    assert "Traceback" not in result.stderr


def test_all_faults_are_named_at_once():
    result = start(DATABASE_URL="mysql://x", TASKS="celery")
    assert {"SECRET_KEY", "BASE_URL", "DATABASE_URL", "TASKS"} <= {
        line.split(":")[0] for line in result.stderr.splitlines()
    }
