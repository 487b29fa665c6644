from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from core.routing import SHOWN_WITH_PAGE
        from translations import assigning, carry_over, deleting, glossary, outdated, provenance, terms  # noqa: F401  (some listen)
        from translations.board import work  # noqa: F401  (the worker knows its steps by that)
        from translations.easy import record  # noqa: F401
        from translations.editor import memory
        from translations.exchange import files  # noqa: F401
        from translations.machine import starting  # noqa: F401
        from translations.releases import planning  # noqa: F401

        SHOWN_WITH_PAGE.update({"provenance", "easy_text"})
        glossary.watch()
        outdated.watch_terms()
        post_save.connect(memory.remember_new, sender="wagtail_localize.String", dispatch_uid="translation memory")
        terms.register_policies()
