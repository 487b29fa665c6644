from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from translations import assigning, carry_over, outdated, terms  # noqa: F401  (some listen by being imported)
        from translations.easy import record  # noqa: F401

        outdated.watch_terms()
        terms.register_policies()
