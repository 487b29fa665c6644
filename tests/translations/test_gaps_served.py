"""A page with every block, published with gaps: whatever is German on it says so, in the public page and in the preview."""

import json

import pytest
from django.core.cache import cache
from django.db import transaction
from lxml import html as lxml_html
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from home.models import ContentPage
from tests.every_block import every_block
from tests.translations import small_site
from tests.translations.work import edit_url, localize, submit, target, translation
from translations.plain_text import blanks, has_letters
from translations.publishing import publish


@pytest.fixture(scope="module")
def world(small_snapshot, django_db_blocker):
    """Title, summary and every third text are Arabic."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            small_snapshot.restore()
            site, people = small_site.site(), small_site.people()
            page = ContentPage(title="Alle Bausteine", slug="alle", summary="Jeder einmal.", body=every_block())
            Page.objects.get(pk=site.homes["de"].pk).add_child(instance=page)
            page.save_revision(clean=False).publish()
            submit(people["admin"], page, site.locales["ar"])
            work = translation(page, site.locales["ar"])
            for number, segment in enumerate(StringSegment.objects.filter(source=work.source).order_by("order", "pk")):
                if segment.context.path in page.shown_elsewhere or number % 3 == 0:
                    StringTranslation.objects.get_or_create(
                        translation_of=segment.string,
                        context=segment.context,
                        locale=work.target_locale,
                        defaults={"data": f"نص {number}", "translation_type": "manual"},
                    )
            publish(work, people["admin"].user, accept_gaps=True)
            yield page, work, people, target(page, site.locales["ar"]).provenance.gaps
            transaction.set_rollback(True)
        cache.clear()


def unmarked(served: str, gaps: list[str]) -> list[str]:
    """Gaps that stand somewhere in the main part without saying that they are German, or nowhere."""
    main = lxml_html.fromstring(served).get_element_by_id("content")
    for opaque in main.xpath("//script|//style|//svg"):
        opaque.drop_tree()
    marked = [blanks(element.text_content()) for element in main.xpath('.//*[@lang="de" and @dir="ltr"]')]
    rest = blanks(" ".join(main.xpath('.//text()[not(ancestor::*[@lang="de"])]')))
    return [gap for gap in gaps if gap not in marked or f" {gap} " in f" {rest} "]


def test_all_that_is_german_says_so(world, client, db):
    _page, _work, _people, gaps = world
    served = client.get("/ar/alle/").text
    shown = [gap for gap in gaps if has_letters(gap) and gap in lxml_html.fromstring(served).text_content()]
    assert len(shown) > 10
    assert unmarked(served, [blanks(gap) for gap in shown]) == []


def test_everything_else_is_as_it_was(world, client, db):
    """Without its marks the page is what it would be without gaps, byte for byte."""
    from translations.models import Provenance

    page, _work, _people, _gaps = world
    marked = client.get("/ar/alle/").text
    Provenance.objects.filter(page__translation_key=page.translation_key).update(gaps=["x"])
    bare = client.get("/ar/alle/").text
    opening, inner = '<span class="visually-hidden">بالألمانية: </span><span lang="de" dir="ltr">', marked
    for classes in ("gap", "gap gap-whole"):
        inner = inner.replace(f'<span class="{classes}">{opening}', "\x01")
    inner = inner.replace('<img lang="de" dir="ltr"', "<img")
    assert inner.count("\x01") > 10
    parts = inner.split("\x01")
    inner = parts[0] + "".join(part.replace("</span></span>", "", 1) for part in parts[1:])
    assert inner == bare
    for data in lxml_html.fromstring(marked).xpath('//script[@type="application/ld+json"]/text()'):
        json.loads(data)


def test_the_preview_marks_what_is_missing(world, db):
    _page, work, people, _gaps = world
    served = people["translator_ar"].get(localize("preview_translation", work.pk)).text
    assert served.count('class="gap') > 10


def test_complete_pages_are_not_touched(world, client, db, monkeypatch):
    from translations import gaps

    def fail(*args):
        raise AssertionError

    monkeypatch.setattr(gaps, "mark", fail)
    assert client.get("/ar/").status_code == 200
    assert client.get("/de/alle/").status_code == 200


def test_the_line_says_that_there_are_gaps(world, client, db):
    served = client.get("/ar/alle/").text
    assert 'class="wrap provenance"' in served
    assert 'href="/de/alle/"' in served
    assert 'class="wrap provenance"' not in client.get("/de/alle/").text
    assert 'class="wrap provenance"' not in client.get("/tr/alle/").text


def test_the_lead_sees_the_list_before(world, db):
    _page, work, people, gaps = world
    answer = people["lead_ar"].post(edit_url(work.get_target_instance()), {"action": "publish", "confirmed": "1"})
    assert all(str(lxml_html.fromstring(answer.text).text_content()).count(gap) for gap in gaps)
