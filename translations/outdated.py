"""What became outdated shows at once: a published source hands its new text to its translations.

Without this, wagtail-localize waits for somebody to press a button, and calls everything up to date until then.
"""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, TranslatableMixin, get_translatable_models
from wagtail.signals import page_published
from wagtail_localize.models import TranslationSource

from translations.models import TextChange


def refresh(instance: TranslatableMixin, draft: Page | None = None) -> None:
    """Take over the text of `instance`, or of a `draft` of it, where it is the source of translations."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source:
        take_over(source, draft)


@transaction.atomic
def take_over(source: TranslationSource, draft: Page | None = None) -> None:
    """`last_updated_at` then says when the text last changed, not when somebody last pressed "publish"."""
    before, changed_at = texts(source), source.last_updated_at
    if draft is None:
        source.update_from_db()
    else:
        source, _created = TranslationSource.update_or_create_from_instance(draft)
    if texts(source) == before:
        TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=changed_at)
    else:
        TextChange.objects.create(source=source, changed_at=source.last_updated_at)


def texts(source: TranslationSource) -> set:
    """Everything of a source that is translated, and where it stands."""
    return {*source.stringsegment_set.values_list("context_id", "string_id")}


@receiver(page_published)
def refresh_page(instance, **kwargs) -> None:
    refresh(instance)


def refresh_term(instance, raw=False, **kwargs) -> None:
    if not raw:
        refresh(instance)


def watch_terms() -> None:
    for model in get_translatable_models():
        if not issubclass(model, Page):
            post_save.connect(refresh_term, sender=model, dispatch_uid=f"refresh {model._meta.label}")
