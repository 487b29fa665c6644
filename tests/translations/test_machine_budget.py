"""Workers that reserve words at the same moment never spend more than there is."""

import threading
from datetime import date

import pytest
from django.db import connection, connections

from translations.machine import budget
from translations.machine.failures import OverBudget
from translations.models import MachineUse

ONE_CONNECTION = "SQLite in memory belongs to one connection; on a file its write transactions wait for each other."


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason=ONE_CONNECTION)
def test_twelve_at_once_share_the_budget(settings):
    settings.MACHINE_WORDS_PER_MONTH = 100
    barrier, outcomes = threading.Barrier(12), []

    def work():
        barrier.wait()
        try:
            outcomes.append(budget.reserve("ar", "LibreTranslate", 15).pk)
        except OverBudget:
            outcomes.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([pk for pk in outcomes if pk]) == 6
    assert len(outcomes) == 12
    assert MachineUse.objects.get().words == 90


@pytest.mark.django_db
def test_a_month_begins_with_the_whole_budget(settings, monkeypatch):
    settings.MACHINE_WORDS_PER_MONTH = 10
    monkeypatch.setattr(budget, "this_month", lambda: date(2026, 11, 1))
    budget.reserve("ar", "DeepL", 10)
    assert (budget.left("ar"), budget.left("tr")) == (0, 10)
    monkeypatch.setattr(budget, "this_month", lambda: date(2026, 12, 1))
    assert budget.left("ar") == 10


@pytest.mark.django_db
def test_giving_back_never_goes_below_nothing(settings):
    use = budget.reserve("ar", "DeepL", 5)
    for _number in range(2):
        budget.give_back(use, 5)
    assert budget.used() == {"ar": 0}
