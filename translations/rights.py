"""Who may do what with a text in which language.

The languages of a user follow from page permissions: whoever may change pages in the Arabic tree works in Arabic.
Terms have no tree of their own, so for them the language decides on top of the permission for the model.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_snippet_models

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES
from core.locales import language_of

SUBMIT = "wagtail_localize.submit_translation"


def languages_of(user, action: str = "change") -> set[str]:
    """Languages in whose tree the user may change (or `publish`) at least some pages."""
    if not user.is_active:
        return set()
    if user.is_superuser:
        return set(LANGUAGE_NAMES)
    pages = [
        permission.page
        for permission in page_permission_policy.get_cached_permissions_for_user(user)
        if permission.permission.codename == f"{action}_page"
    ]
    if any(page.depth == 1 for page in pages):
        return set(LANGUAGE_NAMES)
    return {language_of(page.locale_id) for page in pages}


def is_administrator(user) -> bool:
    """Whoever may publish everywhere."""
    if not user.is_active or user.is_superuser:
        return user.is_active
    return any(
        permission.page.depth == 1 and permission.permission.codename == "publish_page"
        for permission in page_permission_policy.get_cached_permissions_for_user(user)
    )


def may_change(user, instance: TranslatableMixin) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)


def may_publish(user, instance: TranslatableMixin) -> bool:
    """Terms have no drafts: saving one publishes it, which takes the right to publish in its language."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return may_change(user, instance) and language_of(instance.locale_id) in languages_of(user, "publish")


def is_locked(user, instance: TranslatableMixin) -> bool:
    """Whether somebody else is at the page, for example because it is being reviewed."""
    return isinstance(instance, Page) and bool(instance.permissions_for_user(user).page_locked())


def may_read(user, source: TranslatableMixin) -> bool:
    """Whether the user knows this text anyway: it is public, or theirs to edit."""
    if not isinstance(source, Page):
        return policy_registry.get(source).user_has_any_permission(user, {"change", "view"})
    return is_public(source) or may_change(user, source)


def is_public(page: Page) -> bool:
    return page.live and not page.get_view_restrictions().exists()


def may_work_at(user, source: Page, locale: Locale) -> bool:
    """Whether the user may put a translation of `source` into this language's tree, at its place."""
    if user.is_superuser:
        return True
    places = Page.objects.filter(
        translation_key__in=source.get_ancestors(inclusive=True).values("translation_key"), locale=locale
    )
    place = places.order_by("-depth").first()
    return bool(place and {"add", "change"} & place.permissions_for_user(user).permissions)


def target_locales(user, source: TranslatableMixin, among: Iterable[Locale] | None = None) -> list[Locale]:
    """Languages into which the user may have `source` translated. Leichte Sprache is written, not translated."""
    among = Locale.objects.all() if among is None else among
    others = [locale for locale in among if locale.pk != source.locale_id and locale.language_code != EASY_LANGUAGE]
    if isinstance(source, Page):
        return [locale for locale in others if may_work_at(user, source, locale)]
    languages = languages_of(user) | languages_of(user, "add")
    return [locale for locale in others if locale.language_code in languages]


def translations_seen_by(user, translations: QuerySet) -> QuerySet:
    """Those whose source or target the user may change."""
    if user.is_superuser:
        return translations
    languages = languages_of(user)
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").filter(
        Q(locale_id=OuterRef("source__locale_id")) | Q(locale_id=OuterRef("target_locale_id")),
        translation_key=OuterRef("source__object_id"),
    )
    terms = [
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin)
        and policy_registry.get_by_type(model).user_has_permission(user, "change")
    ]
    of_terms = Q(source__specific_content_type__in=ContentType.objects.get_for_models(*terms).values())
    in_own_language = Q(source__locale__language_code__in=languages) | Q(target_locale__language_code__in=languages)
    return translations.filter(Exists(pages) | (of_terms & in_own_language))


class LanguagePermissionPolicy(ModelPermissionPolicy):
    """Permissions for the model, and only in the user's languages; adding and deleting need the right to publish."""

    def languages(self, user, action: str) -> set[str]:
        return languages_of(user, "change" if action in {"change", "view"} else "publish")

    def user_has_permission_for_instance(self, user, action, instance):
        own = language_of(instance.locale_id) in self.languages(user, action)
        return own and self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user, actions):
        languages = set()
        for action in actions:
            if self.user_has_permission(user, action):
                languages |= self.languages(user, action)
        return self.model._default_manager.filter(locale__language_code__in=languages)
