"""The figures in one table, each beside its bar."""

from demo.bench.measures import Measure

MAX_QUERIES = 12
MAX_WEIGHT = 60 * 1024
MAX_JS = 10 * 1024
MAX_GROWTH = 1.5


def table(rows: dict[str, dict[int, Measure]], sizes: list[int]) -> list[str]:
    """`rows` holds, per name of an address, its measure at each number of organisations."""
    head = [
        "page",
        *(f"queries@{size}" for size in sizes),
        *(f"ms@{size}" for size in sizes),
        "growth",
        "KiB",
        "JS KiB",
    ]
    body = [_cells(name, measures, sizes) for name, measures in rows.items()]
    widths = [max(len(line[column]) for line in [head, *body]) for column in range(len(head))]
    return [
        "  ".join(_pad(cell, width, i) for i, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in [head, *body]
    ]


def failures(rows: dict[str, dict[int, Measure]], sizes: list[int]) -> list[str]:
    """One line for every bar that is missed."""
    missed = []
    for name, measures in rows.items():
        last = measures[sizes[-1]]
        if max(m.queries for m in measures.values()) > MAX_QUERIES:
            missed.append(f"{name}: more than {MAX_QUERIES} queries")
        if len({m.queries for m in measures.values()}) > 1:
            missed.append(f"{name}: queries depend on the number of organisations")
        if _growth(measures, sizes) > MAX_GROWTH:
            missed.append(f"{name}: {_growth(measures, sizes):.2f} times as slow at {sizes[-1]} organisations")
        if last.weight > MAX_WEIGHT:
            missed.append(f"{name}: heavier than {MAX_WEIGHT // 1024} KiB")
        if last.js > MAX_JS:
            missed.append(f"{name}: more than {MAX_JS // 1024} KiB of JavaScript")
    return missed


def _cells(name: str, measures: dict[int, Measure], sizes: list[int]) -> list[str]:
    last = measures[sizes[-1]]
    return [
        name,
        *(str(measures[size].queries) for size in sizes),
        *(f"{measures[size].seconds * 1000:.1f}" for size in sizes),
        f"{_growth(measures, sizes):.2f}",
        f"{last.weight / 1024:.1f}",
        f"{last.js / 1024:.1f}",
    ]


def _growth(measures: dict[int, Measure], sizes: list[int]) -> float:
    """How many times as slow with the most organisations as with 520, or with the fewest measured."""
    start = 520 if 520 in sizes[:-1] else sizes[0]
    return measures[sizes[-1]].seconds / measures[start].seconds


def _pad(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)
