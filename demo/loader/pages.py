"""Pages from demo/texts, through Wagtail's own ways, so that each has a history."""

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale, Page

from core.languages import EASY_LANGUAGE, SOURCE_LANGUAGE
from demo.loader.facts import set_facts
from demo.loader.references import References
from demo.loader.streams import stream
from demo.loader.texts import PageText, page_texts
from home.models import HomePage
from translations.easy import record

PLAIN = ["title", "summary", "show_in_menus", "seo_title", "search_description"]
STREAMS = ["body", "sections", "footer", "questions", "quotes", "figures"]


@transaction.atomic
def load_pages(language: str = SOURCE_LANGUAGE) -> list[Page]:
    """Create and publish what is not there yet; what editors have changed since stays as it is."""
    locale = Locale.objects.get(language_code=language)
    home = HomePage.objects.get(locale=locale, depth=2)
    texts = page_texts(language)
    pages = {page.url_path: page for page in Page.objects.descendant_of(home, inclusive=True)}
    placed = []
    for text in texts:
        address = f"{home.url_path}{text.path}/" if text.path else home.url_path
        page = pages.get(address) or _place(text, home)
        placed.append((text, page.pk))
    references = References()
    filled = []
    for text, key in placed:
        page = Page.objects.get(pk=key).specific  # anew: the tree has grown around it
        if not page.first_published_at or not page.summary:  # never published, or only set up with a title
            filled.append(_fill(page, text, references))
    return filled


def _place(text: PageText, home: HomePage) -> Page:
    """An empty draft at the right place, so that other texts can refer to it."""
    parent = Page.objects.get(url_path=f"{home.url_path}{text.parent}/" if text.parent else home.url_path)
    page = _copy_of_source(text, parent) if home.locale.language_code != SOURCE_LANGUAGE else None
    if page:
        return page
    model = apps.get_model(text.data["type"])
    page = model(title=text.data["title"], slug=text.slug, locale=home.locale, live=False)
    facts = {name: value for name, value in text.data.get("facts", {}).items() if _is_plain(model, name)}
    set_facts(page, facts, References())
    follower = _follower(text, parent)
    if follower:
        follower.add_sibling(pos="left", instance=page)
    else:
        parent.add_child(instance=page)
    return page


def _is_plain(model, name: str) -> bool:
    """Not a reference: dates counted in days have no field of that name at all."""
    fields = {field.name: field for field in model._meta.get_fields()}
    return name not in fields or not fields[name].is_relation


def _copy_of_source(text: PageText, parent: Page) -> Page | None:
    """A free-standing text is linked to its German page and shares its facts, never its prose."""
    source_home = HomePage.objects.get(locale__language_code=SOURCE_LANGUAGE, depth=2)
    source = Page.objects.filter(url_path=f"{source_home.url_path}{text.path}/").first()
    if not source:
        return None
    prose = {field.field_name for field in source.specific.translatable_fields} - {"title", "slug"}
    return source.specific.copy_for_translation(parent.locale, exclude_fields=[*prose])


def _follower(text: PageText, parent: Page) -> Page | None:
    """The sibling that comes next in the order of the texts."""
    language = parent.locale.language_code
    later = [
        other.slug
        for other in page_texts(language)
        if other.path and other.parent == text.parent and other.data.get("order", 100) > text.data.get("order", 100)
    ]
    return parent.get_children().filter(slug__in=later).first()


def _fill(page: Page, text: PageText, references: References) -> Page:
    for name in PLAIN:
        setattr(page, name, text.data.get(name, page._meta.get_field(name).get_default()))
    for name, value in text.data.get("texts", {}).items():
        setattr(page, name, references.rich_text(value))
    set_facts(page, text.data.get("facts", {}), references)
    for name in STREAMS:
        if name in text.data:
            field = page._meta.get_field(name)
            place = f"{page.locale.language_code}/{text.path}#{name}"
            raw = stream(field.stream_block, text.data[name], place, references)
            setattr(page, name, field.to_python(raw))
    page.full_clean()
    page.save_revision(clean=False).publish()
    if page.locale.language_code == EASY_LANGUAGE:
        record.still_fits(page)
    return page
