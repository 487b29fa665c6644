"""The numbers beside the choices of the directory, and what they cost."""

import random
from copy import deepcopy
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from organisations.directory_search import RADII, DirectorySearch
from organisations.models import (
    DirectoryEntry,
    DirectoryPage,
    NetworkPage,
    OrganisationPage,
    Service,
    SpokenLanguage,
    TargetGroup,
    Task,
)
from tests.site.world import make


@pytest.fixture(scope="module")
def directory(lasting_site):
    """Sixty organisations that differ in everything."""
    directory = DirectoryPage.objects.child_of(lasting_site).get()
    chance = random.Random(1)
    terms = {
        model: [
            model.objects.create(name=f"{model.__name__} {n}", key=f"k{n}", locale=directory.locale) for n in range(4)
        ]
        for model in (Service, TargetGroup, Task)
    }
    networks = [
        make(NetworkPage, directory, slug, slug.title(), city=slug.title(), state=state)
        for slug, state in (("kassel", "HE"), ("bochum", "NW"))
    ]
    for number in range(60):
        make(
            OrganisationPage,
            chance.choice([directory, *networks]),
            f"o{number}",
            f"Verein {number}",
            step_free=chance.choice(["", "yes", "no", "partly"]),
            services=chance.sample(terms[Service], chance.randrange(3)),
            target_groups=chance.sample(terms[TargetGroup], chance.randrange(3)),
            tasks=chance.sample(terms[Task], chance.randrange(3)),
            other_networks=chance.sample(networks, chance.randrange(2)),
            spoken_languages=[
                SpokenLanguage(language=code)
                for code in chance.sample(["ar", "tr", "ku", "ckb", "uk"], chance.randrange(4))
            ],
            record={
                "precision": chance.choice(["exact", "town", "form"]),
                "place": "Kassel",
                "state": chance.choice(["HE", "NW"]),
                "latitude": str(51.3 + chance.uniform(-1, 1)),
                "longitude": str(9.5 + chance.uniform(-1, 1)),
                "confirmed_on": timezone.localdate() - timedelta(days=chance.choice([10, 200, 400, 900])),
            },
        )
    return directory


@pytest.fixture
def crowd(directory, db):
    return deepcopy(directory)


def facts_of_all():
    """By primary key: what each organisation has, and until when it is confirmed."""
    found = {}
    for page in OrganisationPage.objects.listed():
        entry = DirectoryEntry.objects.get(organisation=page)
        own = {
            "service": {term.key for term in page.services.all()},
            "group": {term.key for term in page.target_groups.all()},
            "task": {term.key for term in page.tasks.all()},
            "language": {spoken.language for spoken in page.spoken_languages.all()},
            "network": {network.slug for network in page.other_networks.all()} | {page.get_parent().slug},
            "state": {entry.state},
            "stepfree": {page.step_free},
        }
        found[page.pk] = own, entry.due_on
    return found


def naive(facts, search, **changes):
    """The same answer, one organisation after the other."""
    keys, oldest = search.keys | changes, timezone.localdate() - timedelta(days=365)
    found = {
        pk
        for pk, (own, due_on) in facts.items()
        if all(not wanted or own[name] & {*wanted} for name, wanted in keys.items())
        and (search.with_old or due_on >= oldest)
    }
    return found & search.distances.keys() if search.near else found


def test_counts_are_those_of_a_naive_computation(crowd):
    chance, facts = random.Random(2), facts_of_all()
    choices = {
        "service": ["k0", "k1", "k2", "k3"],
        "group": ["k0", "k1"],
        "task": ["k2", "k3"],
        "language": ["ar", "tr", "ku"],
        "network": ["kassel", "bochum"],
        "state": ["HE", "NW"],
        "stepfree": ["yes", "partly"],
    }
    for _round in range(30):
        asked = QueryDict(mutable=True)
        for name in chance.sample(sorted(choices), chance.randrange(4)):
            asked.setlist(name, chance.sample(choices[name], chance.randrange(1, 3) if len(choices[name]) > 2 else 1))
        if chance.random() < 0.5:
            asked.update({"near": "Kassel", "radius": str(chance.choice(RADII))})
        if chance.random() < 0.5:
            asked["old"] = "1"
        search = DirectorySearch(asked, "de")
        assert {*search.ordered()} == naive(facts, search)
        assert search.count == len(naive(facts, search))
        for name in ("service", "language", "network"):
            for choice in search.facet(name).choices:
                assert choice.count == len(naive(facts, search, **{name: [choice.key]})), (
                    asked.urlencode(),
                    name,
                    choice.key,
                )


def test_a_filtered_page_costs_few_queries(crowd, client, django_assert_max_num_queries):
    query = "q=Verein&service=k0&service=k1&language=ar&language=tr&state=HE&near=Kassel&radius=100"
    for language in ("de", "ar"):
        client.get(f"/{language}/organisationen/?{query}")
        with django_assert_max_num_queries(15):
            assert client.get(f"/{language}/organisationen/?{query}").context["search"].count
        with django_assert_max_num_queries(15):
            client.get(f"/{language}/organisationen/")
        with django_assert_max_num_queries(15):
            assert not client.get(f"/{language}/organisationen/?service=k0&near=99999&q=x").context["search"].count
        with django_assert_max_num_queries(15):
            client.get(f"/{language}/organisationen/?q=Verein&near=Flensburg&radius=5&service=k0")
