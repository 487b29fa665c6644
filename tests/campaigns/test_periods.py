from datetime import date

import pytest

from campaigns.periods import FINISHED, PLANNED, RUNNING, UNKNOWN, status_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("periods", "status"),
    [
        ([], UNKNOWN),
        ([(date(2026, 1, 1), date(2026, 12, 31))], RUNNING),
        ([(date(2026, 11, 22), date(2026, 11, 22))], RUNNING),
        ([(date(2026, 11, 23), None)], PLANNED),
        ([(date(2025, 1, 1), date(2026, 11, 21))], FINISHED),
        ([(date(2025, 1, 1), date(2025, 12, 31)), (date(2027, 1, 1), None)], PLANNED),
        ([(None, None)], RUNNING),
    ],
)
def test_status_follows_from_the_dates(periods, status):
    assert status_of(periods, TODAY) == status
