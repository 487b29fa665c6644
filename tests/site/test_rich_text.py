"""Links that editors put into running text."""

from home.models import ContentPage
from news.models import NewsPage
from organisations.models import NetworkPage
from tests.site.world import make


def test_a_link_keeps_the_readers_language(world, client):
    text = f'<p><a linktype="page" id="{world.public[NewsPage].pk}">weiter</a></p>'
    make(ContentPage, world.places["de", ""], "verweis", "Verweis", body=[("text", text)])
    for language in ("de", "ar", "uk"):
        assert f'<a href="/{language}/aktuelles/newspage/">weiter</a>' in client.get(f"/{language}/verweis/").text


def test_a_link_to_a_page_that_is_gone_is_text(world, client):
    page = world.hidden[NetworkPage, "unpublished"]
    text = f'<p><a linktype="page" id="{page.pk}">eins</a><a linktype="page" id="999999">zwei</a></p>'
    make(ContentPage, world.places["de", ""], "verweis", "Verweis", body=[("text", text)])
    assert "<p><a>eins</a><a>zwei</a></p>" in client.get("/de/verweis/").text
