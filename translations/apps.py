from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from translations import assigning, carry_over, glossary, outdated, terms  # noqa: F401  (some listen)
        from translations.easy import record  # noqa: F401

        glossary.watch()
        outdated.watch_terms()
        terms.register_policies()
