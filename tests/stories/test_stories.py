"""Stories of cooperation: only what somebody has checked is called checked."""

from datetime import date

import pytest

from stories.models import CooperationKind, StoryIndexPage, StoryPage, StorySource
from tests.site.world import make


@pytest.fixture
def index(site):
    return StoryIndexPage.objects.child_of(site).get()


NOT_CHECKED = "Angaben aus der Vorlage, nicht neu geprüft"


def test_a_story_nobody_checked_says_so(index, client):
    story = make(StoryPage, index, "haus", "Haus")
    assert NOT_CHECKED in client.get("/de/gute-praxis/haus/").text
    StoryPage.objects.filter(pk=story.pk).update(verified_on=date(2026, 2, 1))
    html = client.get("/de/gute-praxis/haus/").text
    assert NOT_CHECKED not in html
    assert "1. Februar 2026" in html


def test_only_written_parts_have_a_heading(index, client):
    make(StoryPage, index, "haus", "Haus", situation="<p>Es gab keinen Ort.</p>")
    html = client.get("/de/gute-praxis/haus/").text
    assert "Es gab keinen Ort." in html
    assert html.count('<section class="part"><h2>') == 1


def test_sources_are_named(index, client):
    story = make(StoryPage, index, "haus", "Haus")
    StorySource.objects.create(page=story, title="Handreichung 2020", url="https://example.org/h.pdf")
    for language in ("de", "ar"):
        html = client.get(f"/{language}/gute-praxis/haus/").text
        assert '<a href="https://example.org/h.pdf">Handreichung 2020</a>' in html


def test_stories_are_filtered_by_kind_and_state(index, client):
    kind = CooperationKind.objects.create(name="Institutionelle Förderung", key="institutionell", locale=index.locale)
    first = make(StoryPage, index, "eins", "Eins", state="NI")
    first.kinds.add(kind)
    first.save()
    make(StoryPage, index, "zwei", "Zwei", state="HE")
    for query, found in {
        "kind=institutionell": ["Eins"],
        "state=HE": ["Zwei"],
        "kind=institutionell&state=HE": [],
    }.items():
        assert [page.title for page in client.get(f"/ar/gute-praxis/?{query}").context["pages"]] == found
