from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from core.languages import LANGUAGE_NAMES


class LaunchCheckPanel(Panel):
    """In which languages people can take part, and what the others lack."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/launch_check.html"

        def is_shown(self):
            return bool(self.instance.pk) and self.instance.source.pk == self.instance.pk

        @cached_property
        def languages(self) -> list[dict]:
            """As the site shows them now: `missing` names fields, or is None where there is no live translation."""
            pages = (
                type(self.instance).objects.live().filter(translation_key=self.instance.translation_key, alias_of=None)
            )
            found = {page.text_language: page for page in pages.select_related("locale")}
            return [
                {"name": name, "missing": self._missing(found[code]) if code in found else None}
                for code, name in LANGUAGE_NAMES.items()
            ]

        def _missing(self, page) -> list[str]:
            return [str(page._meta.get_field(name).verbose_name) for name in page.lacking]
