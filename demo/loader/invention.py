"""Invents organisations from the building blocks in demo/texts. The same number gives the same organisation."""

from collections.abc import Iterator
from random import Random

from django.utils.text import slugify

from demo.loader import texts

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
SUFFIXES = {"eingetragener Verein (e. V.)": " e. V.", "gemeinnützige GmbH": " gGmbH"}
LONGEST_LABEL = 63  # between two dots of an address (RFC 1035)


def invented(count: int) -> Iterator[dict]:
    """`count` organisations as they stand in profiles.toml: page fields, facts and the path of their network."""
    parts = texts.read("de/organisations")
    networks = texts.read("de/networks")["network"]
    weights = [network["weight"] for network in networks]
    titles = {profile["title"] for profile in texts.read("de/profiles")["profile"]}
    for number in range(1, count + 1):
        random = Random(f"organisation {number}")  # noqa: S311 (a sample, not a secret)
        network = random.choices(networks, weights)[0]
        organisation = _organisation(number, network, parts, random, titles)
        titles.add(organisation["title"])
        yield organisation


def _organisation(number: int, network: dict, parts: dict, random: Random, titles: set[str]) -> dict:
    place = network["city"]
    title, promised = _title(parts, place, random, titles)
    slug = slugify(title.translate(UMLAUTS))
    domain = slug[:LONGEST_LABEL].rstrip("-")
    services = _services(parts, promised, random)
    legal_form = random.choices(parts["legal_forms"], [70, 12, 8, 10])[0]
    note = random.choice(parts["accessibility_notes"])
    return {
        "network": f"organisationen/{network['slug']}",
        "title": title,
        "slug": slug,
        **_texts(parts, services, place, random),
        "legal_name": title + SUFFIXES.get(legal_form, ""),
        "legal_form": legal_form,
        "founded": random.randint(1975, 2024),
        "member_number": f"M-{1000 + number}",
        **_address(network, parts, random),
        "phone": parts["phone_pattern"].format(number=random.randrange(1000)) if random.random() < 0.85 else "",
        "email": parts["email_pattern"].format(slug=slug),
        "website": parts["website_pattern"].format(slug=domain) if random.random() < 0.6 else "",
        "social_links": [pattern.format(slug=slug) for pattern in parts["social_patterns"] if random.random() < 0.25],
        "tasks": _united(parts, services, "tasks"),
        "services": services,
        "target_groups": _united(parts, services, "target_groups"),
        "step_free": note["step_free"],
        "accessibility_note": note["text"],
        "spoken_languages": random.choice(parts["language_sets"])["languages"],
        "opening_hours": random.choice(parts["opening_sets"])["hours"],
        "confirmed_days_ago": random.choice([12, 30, 75, 140, 210, 300, 420]),
    }


def _title(parts: dict, place: str, random: Random, titles: set[str]) -> tuple[str, list[str]]:
    """A name nobody has yet, and the services it promises."""
    pattern, first, second = (random.choice(parts[key]) for key in ("name_patterns", "first", "second"))
    title = pattern.format(first=first, second=second["text"], place=place)
    promised = second["services"] if "{second}" in pattern else []
    if title in titles and place not in title:
        title = f"{title} {place}"
    number, unique = 2, title
    while unique in titles:
        unique, number = f"{title} {number}", number + 1
    return unique, promised


def _services(parts: dict, promised: list[str], random: Random) -> list[str]:
    wanted = random.choice([1, 1, 2, 2, 3])
    others = [key for key in parts["services"] if key not in promised]
    return [*random.sample(promised, len(promised)), *random.sample(others, len(others))][:wanted]


def _texts(parts: dict, services: list[str], place: str, random: Random) -> dict[str, str]:
    main = parts["services"][services[0]]
    summary = f"{random.choice(main['summaries'])} {random.choice(parts['summary_endings'])}"
    paragraphs = [random.choice(parts["services"][service]["paragraphs"]) for service in services]
    body = [random.choice(parts["openings"]), *paragraphs, random.choice(parts["closings"])]
    return {
        "summary": summary.format(place=place),
        "body": "".join(f"<p>{paragraph.format(place=place)}</p>" for paragraph in body),
    }


def _address(network: dict, parts: dict, random: Random) -> dict:
    """What the public shall not see is not invented either."""
    precision = random.choices(["exact", "district", "town", "form"], [60, 15, 15, 10])[0]
    return {
        "street": f"{random.choice(parts['streets'])} {random.randint(1, 120)}" if precision == "exact" else "",
        "postal_code": network["postal_code"],
        "place": network["city"],
        "precision": precision,
    }


def _united(parts: dict, services: list[str], name: str) -> list[str]:
    """The tasks or target groups of all services, each once."""
    return list(dict.fromkeys(key for service in services for key in parts["services"][service][name]))
