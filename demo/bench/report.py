"""The figures in one table, each beside its bar."""

from demo.bench.addresses import Address
from demo.bench.measures import Measure

MAX_JS = 10 * 1024
MAX_GROWTH = 1.5


def table(rows: dict[Address, dict[int, Measure]], sizes: list[int]) -> list[str]:
    """`rows` holds, per address, its measure at each number of organisations."""
    head = [
        "page",
        *(f"queries@{size}" for size in sizes),
        *(f"ms@{size}" for size in sizes),
        "growth",
        "KiB",
        "JS KiB",
    ]
    body = [_cells(address, measures, sizes) for address, measures in rows.items()]
    widths = [max(len(line[column]) for line in [head, *body]) for column in range(len(head))]
    return [
        "  ".join(_pad(cell, width, i) for i, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in [head, *body]
    ]


def failures(rows: dict[Address, dict[int, Measure]], sizes: list[int]) -> list[str]:
    """One line for every bar that is missed."""
    missed = []
    for address, measures in rows.items():
        name, last = address.name, measures[sizes[-1]]
        if max(m.queries for m in measures.values()) > address.max_queries:
            missed.append(f"{name}: more than {address.max_queries} queries")
        if max(m.queries for m in measures.values()) > measures[_start(sizes)].queries:
            missed.append(f"{name}: queries grow with the number of organisations")
        if _growth(measures, sizes) > MAX_GROWTH:
            missed.append(f"{name}: {_growth(measures, sizes):.2f} times as slow at {sizes[-1]} organisations")
        if last.weight > address.max_weight:
            missed.append(f"{name}: heavier than {address.max_weight // 1024} KiB")
        if last.js > MAX_JS:
            missed.append(f"{name}: more than {MAX_JS // 1024} KiB of JavaScript")
    return missed


def _cells(address: Address, measures: dict[int, Measure], sizes: list[int]) -> list[str]:
    last = measures[sizes[-1]]
    return [
        address.name,
        *(str(measures[size].queries) for size in sizes),
        *(f"{measures[size].seconds * 1000:.1f}" for size in sizes),
        f"{_growth(measures, sizes):.2f}",
        f"{last.weight / 1024:.1f}",
        f"{last.js / 1024:.1f}",
    ]


def _growth(measures: dict[int, Measure], sizes: list[int]) -> float:
    """How many times as slow with the most organisations as with 520, or with the fewest measured."""
    return measures[sizes[-1]].seconds / measures[_start(sizes)].seconds


def _start(sizes: list[int]) -> int:
    return 520 if 520 in sizes[:-1] else sizes[0]


def _pad(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)
