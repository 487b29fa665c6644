"""Which tests go to the same worker of pytest-xdist: those of one file, and those that share a costly preparation.

By address, because xdist finds no groups by mark with pytest 9.2 (pytest-dev/pytest-xdist#1386).
"""

from xdist.scheduler import LoadScopeScheduling

# The longest first, so that no worker waits for another one at the end.
PIECES = {
    "a running site": ("tests/journeys/",),
    "every route of the admin": ("tests/core/test_roles",),
    "a small site": ("tests/site/",),
    "the sample site": (
        "tests/demo/",
        "tests/home/test_queries.py",
        "tests/translations/test_exchange_of_the_sample.py",
    ),
}


def piece_of(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return next((name for name, places in PIECES.items() if file.startswith(places)), file)


def put_longest_first(items: list) -> None:
    order = {name: place for place, name in enumerate(PIECES)}
    items.sort(key=lambda item: order.get(piece_of(item.nodeid), len(order)))


class Scheduling(LoadScopeScheduling):
    def __init__(self, config, log=None):
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)
