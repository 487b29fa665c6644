"""Two groups per language: translators edit in their language, its lead publishes. Neither touches the source."""

from collections.abc import Iterator

from babel import Locale as Names
from babel import UnknownLocaleError
from django.apps import apps
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from core import roles as machinery
from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.models import Term
from core.roles import CHOOSE, SHARED_COLLECTION, TO_THE_ADMIN, TO_TRANSLATE, Approval, Role, on_model
from translations import trees
from translations.models import EasySettings, GlossaryTerm
from translations.trees import HOME_DEPTH

TERMS = [model for model in apps.get_models() if issubclass(model, Term)]


def german_name(language: str) -> str:
    """Group names are German. To Unicode's data Leichte Sprache is just German."""
    if language == EASY_LANGUAGE:
        return LANGUAGE_NAMES[language]
    try:
        return Names.parse(language, sep="-").get_display_name(SOURCE_LANGUAGE)
    except (UnknownLocaleError, ValueError):
        return LANGUAGE_NAMES.get(language, language)


def translators(language: str) -> str:
    return f"Übersetzung: {german_name(language)}"


def leads(language: str) -> str:
    return f"Sprachleitung: {german_name(language)}"


def prepare() -> None:
    """Rights hang on home pages."""
    trees.add_missing()


def homes() -> Iterator[Page]:
    pages = Page.objects.filter(depth=HOME_DEPTH).exclude(locale__language_code=SOURCE_LANGUAGE)
    yield from pages.select_related("locale").order_by("path")


def roles() -> Iterator[Role]:
    for home in homes():
        yield from roles_for(home)


def approvals() -> Iterator[Approval]:
    for home in homes():
        yield approval_for(home)


def roles_for(home: Page) -> list[Role]:
    language = home.locale.language_code
    collections = {SHARED_COLLECTION: CHOOSE}
    permissions = [
        *(TO_THE_ADMIN, TO_TRANSLATE),
        *(on_model(GlossaryTerm, "view") if language != EASY_LANGUAGE else []),
        *(name for term in TERMS for name in on_model(term, "change")),
    ]
    publishing = [
        *(name for term in TERMS for name in on_model(term, "add", "delete")),
        *(on_model(EasySettings, "change") if language == EASY_LANGUAGE else []),
    ]
    return [
        Role(translators(language), permissions, {home: ["add", "change"]}, collections),
        Role(
            leads(language),
            [*permissions, *publishing],
            {home: ["add", "change", "publish", "lock", "unlock"]},
            collections,
        ),
    ]


def approval_for(home: Page) -> Approval:
    language = home.locale.language_code
    return Approval(f"Sprachleitung gibt frei: {german_name(language)}", home, leads(language))


@receiver(page_published)
def set_up_language(instance: Page, **kwargs) -> None:
    """A new language has its groups as soon as it has a home page."""
    if instance.depth == HOME_DEPTH and instance.locale.language_code != SOURCE_LANGUAGE:
        for role in roles_for(instance):
            machinery.apply(role)
        machinery.establish(approval_for(instance))
