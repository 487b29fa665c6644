"""A campaign page, and the desk's export, with a thousand and a million people who take part."""

from collections.abc import Callable
from itertools import islice
from time import perf_counter

from django.db import connection
from django.utils import timezone

from campaigns.desk import exporting
from campaigns.desk.group import viewset_named
from campaigns.models import CampaignPage, ConsentText, SignUp, Tally
from core.addresses import page_address
from core.spreadsheets import as_csv
from demo.bench.figure import Figure
from demo.bench.measures import measure as measure_page

FEW = 1_000
MAX_QUERIES = 12
MAX_GROWTH = 1.5
LANGUAGES = ("de", "ar")
EXPORTED = 100_000
EVERY_THIRD = 3  # wants to be named
SERIES = {
    "postgresql": "SELECT generate_series(%s::int, %s::int) AS number",
    "sqlite": "WITH RECURSIVE series(number) AS (SELECT %s UNION ALL SELECT number + 1 FROM series WHERE number < %s) "
    "SELECT number FROM series",
}
# Each at a moment of its own, as in life: the latest first is a question that an index answers.
MOMENT = {
    "postgresql": "{column} - number * interval '7 seconds'",
    "sqlite": "datetime({column}, '-' || (number * 7) || ' seconds')",
}


def measure(many: int, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    campaign = CampaignPage.objects.listed().filter(action="petition").order_by("pk").first()
    figures, times = [], {}
    first, inserted = _first(campaign), 0
    for size in (FEW, many):
        say(f"Campaign page with {size} sign-ups …")
        _multiply(first, inserted + 1, size)
        inserted = size
        Tally.objects.update_or_create(campaign=campaign, defaults={"confirmed": size + 1})
        for language in LANGUAGES:
            found = measure_page(page_address(campaign, language), rounds)
            times[language, size] = found.seconds
            name = f"campaign page {language}, {size} sign-ups"
            figures += [
                Figure(f"{name}, queries", found.queries, "", MAX_QUERIES),
                Figure(name, found.seconds * 1000, "ms"),
            ]
    figures += [
        Figure(f"campaign page {language}, growth", times[language, many] / times[language, FEW], "times", MAX_GROWTH)
        for language in LANGUAGES
    ]
    say(f"Export from {many} sign-ups …")
    seconds, rows = _export()
    return [*figures, Figure(f"export as CSV, {rows} of {many} sign-ups", seconds, "s")]


def _first(campaign: CampaignPage) -> SignUp:
    SignUp.objects.filter(campaign=campaign).delete()
    consent, _created = ConsentText.objects.get_or_create(
        page=campaign, language="de", digest="bench", defaults={"text": campaign.consent_text}
    )
    return SignUp.objects.create(
        campaign=campaign,
        name="Erste Person",
        email="person-0@example.org",
        email_key="person-0@example.org",
        language="de",
        postal_code="44137",
        consent=consent,
        confirmed_at=timezone.now(),
    )


def _multiply(first: SignUp, start: int, end: int) -> None:
    """Copies of one row, made by the database: a million through the models would take minutes."""
    own = {
        "name": "'Person ' || number",
        "email": "'person-' || number || '@example.org'",
        "email_key": "'person-' || number || '@example.org'",
        "shows_name": f"number %% {EVERY_THIRD} = 0",
        "confirmed_at": MOMENT[connection.vendor].format(column="confirmed_at"),
    }
    columns = [field.column for field in SignUp._meta.concrete_fields if not field.primary_key]
    table = SignUp._meta.db_table
    values = ", ".join(own.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} CROSS JOIN "  # noqa: S608
            f"({SERIES[connection.vendor]}) AS numbers WHERE {table}.id = %s",
            [start, end, first.pk],
        )
        cursor.execute("ANALYZE")


def _export() -> tuple[float, int]:
    """Of so many rows the first ones: each costs the same."""
    viewset = viewset_named("sign-ups")
    rows = viewset.shown(SignUp.objects.confirmed())
    began = perf_counter()
    written = sum(1 for _line in islice(as_csv(exporting.table(rows, viewset.export_columns)), EXPORTED))
    return perf_counter() - began, written
