"""What happens to a source page happens to its translations: they keep its path, and are never more public than it.

Texts are not touched here. A translation whose source went offline becomes a draft and keeps what was written.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, page_slug_changed, page_unpublished, post_page_move

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of


def is_source(page: Page) -> bool:
    return language_of(page.locale_id) == SOURCE_LANGUAGE


def translations_of(page: Page) -> QuerySet[Page]:
    """All that shares the page's place in other languages: translations, free-standing texts, aliases."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(locale_id=page.locale_id)


@receiver(page_unpublished)
def unpublish_translations(instance, **kwargs) -> None:
    if is_source(instance):
        for page in translations_of(instance).live():
            page.specific.unpublish()


@receiver(post_delete, sender=Page)
def unpublish_orphans(instance, **kwargs) -> None:
    """After the whole deletion, because the translations may be part of it."""
    if not is_source(instance):
        return

    def unpublish():
        for page in translations_of(instance).live():
            page.specific.unpublish()

    transaction.on_commit(unpublish)


@receiver(post_page_move)
def move_translations(instance, parent_page_before, parent_page_after, **kwargs) -> None:
    if not is_source(instance) or parent_page_before.pk == parent_page_after.pk or parent_page_after.is_root():
        return
    for page in translations_of(instance).select_related("locale"):
        parent = parent_page_after.get_translation_or_none(page.locale)
        if parent is None:
            parent = parent_page_after.specific.copy_for_translation(page.locale, copy_parents=True, alias=True)
        page.refresh_from_db()  # the new parents may have shifted it
        if page.get_parent().pk != parent.pk:
            page.move(Page.objects.get(pk=parent.pk), pos="last-child")


@receiver(page_slug_changed)
def carry_slug(instance, **kwargs) -> None:
    """One slug in all languages; home pages are siblings and keep their own."""
    shared = {field.field_name for field in getattr(instance, "translatable_fields", [])}
    if is_source(instance) and "slug" in shared:
        for page in translations_of(instance).exclude(slug=instance.slug):
            page = page.specific
            page.slug = instance.slug
            page.save(clean=False)
            _rename_in_drafts(page)


def _rename_in_drafts(page: Page) -> None:
    """A draft written before would bring the old slug back when it is published."""
    revisions = {pk for pk in (page.latest_revision_id, page.live_revision_id) if pk}
    for revision in page.revisions.filter(pk__in=revisions):
        revision.content["slug"] = page.slug
        revision.content["url_path"] = page.url_path
        revision.save(update_fields=["content"])


@receiver(post_save, sender=PageViewRestriction)
def mirror_restriction(instance, raw=False, **kwargs) -> None:
    if not raw:
        mirror_restrictions(instance.page)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def mirror_groups(instance, action, reverse, **kwargs) -> None:
    if action.startswith("post_") and not reverse:
        mirror_restrictions(instance.page)


@receiver(post_delete, sender=PageViewRestriction)
def lift_restriction(instance, origin, **kwargs) -> None:
    """Only when the restriction itself is lifted: one that goes with its page must not open the translations."""
    if getattr(origin, "model", type(origin)) is PageViewRestriction:
        mirror_restrictions(instance.page)


@receiver(copy_for_translation_done)
def take_over_restrictions(source_obj, target_obj, **kwargs) -> None:
    if isinstance(source_obj, Page):
        _mirror(source_obj.view_restrictions.first(), target_obj)


def mirror_restrictions(source: Page) -> None:
    if is_source(source):
        for page in translations_of(source):
            _mirror(source.view_restrictions.first(), page)


def _mirror(restriction: PageViewRestriction | None, page: Page) -> None:
    own = page.view_restrictions.first()
    if restriction is None:
        if own:
            own.delete()
        return
    mirrored = own or PageViewRestriction(page_id=page.pk)
    mirrored.restriction_type = restriction.restriction_type
    mirrored.password = restriction.password
    mirrored.save()
    mirrored.groups.set(restriction.groups.all())
