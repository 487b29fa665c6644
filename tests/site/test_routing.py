"""One path in all languages; whatever is there answers, in the best text there is."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.languages import LANGUAGE_NAMES, direction
from home.models import ContentPage
from news.models import NewsPage
from tests.site.world import PARENTS, make, translate


def shown(answer):
    return answer.context["page"].title


@pytest.mark.parametrize("model", PARENTS)
def test_a_translation_answers_in_its_language(world, answers, model):
    path = world.public[model].url_path.split("/", 2)[2]
    assert shown(answers[f"/de/{path}"]) == f"Sichtbar {model.__name__}"
    answer = answers[f"/ar/{path}"]
    assert shown(answer) == f"ظاهر {model.__name__}"
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "notice-language" not in answer.text


@pytest.mark.parametrize("model", PARENTS)
@pytest.mark.parametrize("language", [code for code in LANGUAGE_NAMES if code not in ("de", "ar")])
def test_without_translation_the_german_text_answers_and_says_so(world, answers, model, language):
    answer = answers[f"/{language}/{world.public[model].url_path.split('/', 2)[2]}"]
    assert shown(answer) == f"Sichtbar {model.__name__}"
    assert f'<html lang="{language}" dir="{direction(language)}">' in answer.text
    assert f'<h1 lang="de" dir="ltr">Sichtbar {model.__name__}</h1>' in answer.text
    assert "notice-language" in answer.text
    assert f'rel="canonical" href="http://testserver/de/{world.public[model].url_path.split("/", 2)[2]}"' in answer.text


@pytest.mark.parametrize("values", [{"live": False}, {"live": False, "expired": True}], ids=["draft", "expired"])
def test_a_translation_that_is_not_live_does_not_hide_the_german_text(world, client, values):
    page = make(ContentPage, world.places["de", ""], "entwurf", "Quelle")
    translate(page, world.places["ar", ""], "ترجمة", **values)
    assert shown(client.get("/ar/entwurf/")) == "Quelle"


def test_an_alias_is_text_of_the_language_it_mirrors(world, client):
    page = make(ContentPage, world.places["de", ""], "spiegel", "Quelle")
    translate(page, world.places["ar", ""], "Quelle", alias_of=page)
    answer = client.get("/ar/spiegel/")
    assert '<h1 lang="de" dir="ltr">Quelle</h1>' in answer.text
    assert 'hreflang="ar" href="http://testserver' not in answer.text


def test_a_translation_without_source_stands_for_itself(world, client):
    make(ContentPage, world.places["ar", ""], "nur-hier", "هنا فقط")
    assert client.get("/ar/nur-hier/").status_code == 200
    for language in ("de", "tr"):
        answer = client.get(f"/{language}/nur-hier/")
        assert (answer.status_code, answer.context["languages"]) == (404, [("ar", LANGUAGE_NAMES["ar"])])


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
@pytest.mark.parametrize("path", ["gibt-es-nicht/", "aktuelles/gibt-es-nicht/", "home/", "home-ar/", "newspage/"])
def test_what_is_not_there_is_not_found(world, client, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text
    assert f'href="/{language}/"' in answer.text
    assert 'name="robots" content="noindex"' in answer.text
    assert answer.context["languages"] == []  # nobody is sent from one 404 to the next
    for other in LANGUAGE_NAMES:
        assert f'href="/{other}/{path}"' in answer.text


@pytest.mark.parametrize(
    ("said", "language"), [("ar,de;q=0.5", "ar"), ("uk", "uk"), ("fr", "de"), ("", "de"), ("en-GB,en;q=0.9", "en")]
)
def test_the_bare_address_leads_to_the_readers_language(world, client, said, language):
    answer = client.get("/", headers={"Accept-Language": said})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{language}/"
    assert "Accept-Language" in answer["Vary"]


def test_a_missing_slash_is_added(world, client):
    answer = client.get("/ar/projekte/projectpage")
    assert (answer.status_code, answer["Location"]) == (301, "/ar/projekte/projectpage/")


@pytest.fixture
def moved(world, django_capture_on_commit_callbacks):
    page = Page.objects.get(pk=world.public[NewsPage].pk).specific
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "neuer-name"
        page.save_revision().publish()
    return page


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_the_old_address_of_a_moved_page_leads_to_the_new_one(moved, client, language):
    answer = client.get(f"/{language}/aktuelles/newspage/")
    assert (answer.status_code, answer["Location"]) == (301, f"/{language}/aktuelles/neuer-name/")
    assert client.get(answer["Location"]).status_code == 200


def test_the_translation_moves_along(moved, client):
    assert shown(client.get("/ar/aktuelles/neuer-name/")) == "ظاهر NewsPage"


def test_the_old_address_of_a_hidden_page_leads_to_nothing(world, client):
    draft = world.hidden[NewsPage, "draft"]
    Redirect.add_redirect("/de/aktuelles/frueher/", redirect_to=draft, is_permanent=True)
    for language in ("de", "ar"):
        assert client.get(f"/{language}/aktuelles/frueher/", follow=True).status_code == 404


def test_an_editors_own_redirect_works(world, client):
    Redirect.add_redirect("/kurz", redirect_to="https://example.org/lang/")
    assert client.get("/kurz")["Location"] == "https://example.org/lang/"
