"""The sample networks and organisations of the directory."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from core.languages import SOURCE_LANGUAGE
from demo.loader import texts
from demo.loader.bulk import add_in_bulk
from demo.loader.facts import set_facts
from demo.loader.invention import invented
from demo.loader.references import References
from demo.loader.streams import stream
from organisations.models import NetworkPage, OfficeRecord, OrganisationPage

# So many get a history like any page; whoever wants more wants to measure, and those go in at once.
ONE_BY_ONE = 60
# How far, in degrees, an organisation may lie from the middle of its town: about four kilometres.
SPREAD = 0.04
PROSE = {"title", "slug", "summary", "body"}
OF_THE_LOADER = {"network", "weight", "confirmed_days_ago"}
RECORD = {field.name for field in OfficeRecord._meta.fields} - {"organisation"}


def load_networks() -> None:
    data, references = texts.read("de/networks"), References()
    for network in data["network"]:
        path = f"{data['parent']}/{network['slug']}"
        if not references.has_page(path):
            body = [_with_city(entry, network["city"]) for entry in data["body"]]
            facts = {name: value for name, value in network.items() if name != "postal_code"}
            _publish(_page(NetworkPage, network | {"body": body}, facts, path, references), data["parent"], references)


def load_organisations(total: int) -> None:
    """The written profiles first, then invented ones until there are `total`."""
    written, references = texts.read("de/profiles")["profile"], References()
    entries = [*written, *invented(total - len(written))][:total]
    missing = [
        (number, entry, f"{entry['network']}/{entry['slug']}")
        for number, entry in enumerate(entries)
        if not references.has_page(f"{entry['network']}/{entry['slug']}")
    ]
    for number, entry, path in missing:
        if number < ONE_BY_ONE:
            _publish(organisation_page(entry, path, references), entry["network"], references)
    rest = (
        (entry["network"], organisation_page(entry, path, references)) for n, entry, path in missing if n >= ONE_BY_ONE
    )
    add_in_bulk(rest, references)


def organisation_page(entry: dict, path: str, references: References) -> OrganisationPage:
    """The page, with the office's record of it as `new_record`."""
    body = [{"type": "text", "value": entry["body"]}]
    facts = {name: value for name, value in entry.items() if name not in RECORD}
    page = _page(OrganisationPage, entry | {"body": body}, facts, path, references)
    page.new_record = _record(entry)
    return page


def _record(entry: dict) -> OfficeRecord:
    network = next(n for n in texts.read("de/networks")["network"] if entry["network"].endswith(f"/{n['slug']}"))
    confirmed = timezone.localdate() - timedelta(days=entry.get("confirmed_days_ago", 21))
    given = {name: value for name, value in entry.items() if name in RECORD}
    return OfficeRecord(
        **{"municipality": network["city"], "state": network["state"], **_position(entry, network), **given},
        shows_phone=bool(entry.get("phone")),
        open_data=True,
        consent="Erfundene Organisation",
        confirmed_on=confirmed,
    )


def _position(entry: dict, network: dict) -> dict:
    """Near the middle of the town."""
    random = Random(entry["slug"])  # noqa: S311 (a sample, not a secret)
    return {name: round(network[name] + _shift(random), 5) for name in ("latitude", "longitude")}


def _shift(random: Random) -> Decimal:
    return Decimal(str(random.uniform(-SPREAD, SPREAD)))


def _page(model: type[Page], prose: dict, facts: dict, path: str, references: References) -> Page:
    page = model(locale=Locale.objects.get(language_code=SOURCE_LANGUAGE), is_sample=True)
    for name in PROSE - {"body"}:
        setattr(page, name, prose[name])
    field = page._meta.get_field("body")
    page.body = field.to_python(stream(field.stream_block, prose["body"], f"{path}#body", references))
    set_facts(page, {name: value for name, value in facts.items() if name not in PROSE | OF_THE_LOADER}, references)
    return page


@transaction.atomic
def _publish(page: Page, parent_path: str, references: References) -> None:
    page.live = False
    Page.objects.get(pk=references.page(parent_path)).add_child(instance=page)
    if isinstance(page, OrganisationPage):
        page.record = page.new_record
        page.record.save()
    page.save_revision(clean=False).publish()


def _with_city(entry: dict, city: str) -> dict:
    return {name: value.replace("{city}", city) for name, value in entry.items()}
