from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from core.languages import SOURCE_LANGUAGE
from core.locales import language_of


class BasePageForm(WagtailAdminPageForm):
    """Offers facts on the source page only: a translation shows those of its source and has its address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.locale_id and language_of(self.instance.locale_id) != SOURCE_LANGUAGE:
            self._leave_out_facts()
            if self.instance.source is not self.instance:
                self.fields.pop("slug", None)

    def _leave_out_facts(self):
        prose = {field.field_name for field in self.instance.translatable_fields}
        own = {field.name for field in self.instance._meta.get_fields() if getattr(field, "model", None) is not Page}
        for name in [*self.fields]:
            if name in own - prose and not hasattr(Page, name):
                del self.fields[name]
        for name in [*self.formsets]:
            if name in own - prose:
                del self.formsets[name]
