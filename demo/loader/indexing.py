"""Search and reference index, brought up to date once per object instead of at each of its savings."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.indexing import index_many
from organisations import safety

BATCH = 200


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    saved = defaultdict(set)

    def remember(sender, instance, **kwargs):
        saved[sender].add(instance.pk)

    def remember_released(model, translation_keys):
        saved[model].update(model.objects.filter(translation_key__in=translation_keys).values_list("pk", flat=True))

    models, index_released = list(get_indexed_models()), safety.index
    safety.index = remember_released
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_save.connect(remember, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        safety.index = index_released
        for model in models:
            post_save.disconnect(remember, sender=model)
            post_save.connect(post_save_signal_handler, sender=model)
    for model, keys in saved.items():
        for batch in batched(sorted(keys), BATCH):
            _index(model, batch)


def _index(model, keys: tuple) -> None:
    objects = list(model.get_indexed_objects().filter(pk__in=keys))
    index_many(model, objects)
    for instance in objects:
        ReferenceIndex.create_or_update_for_object(instance)
