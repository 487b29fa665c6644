from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from core.drafts import known_to
from core.languages import SOURCE_LANGUAGE
from core.locales import language_of


class BasePageForm(WagtailAdminPageForm):
    """Offers facts on the source page only: a translation shows those of its source and has its address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._leave_out_drafts_of_others()
        if self.instance.locale_id and language_of(self.instance.locale_id) != SOURCE_LANGUAGE:
            self._leave_out_facts()
            if self.instance.source is not self.instance:
                self.fields.pop("slug", None)

    def _leave_out_drafts_of_others(self):
        """What is chosen already stays, so that saving does not take it away."""
        for name, field in self.fields.items():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if self.for_user and model and issubclass(model, Page):
                chosen = [getattr(page, "pk", page) for page in self.initial.get(name) or []]
                known = known_to(self.for_user, model.objects.all())
                field.queryset = field.queryset.filter(Q(pk__in=known.values("pk")) | Q(pk__in=chosen))

    def _leave_out_facts(self):
        prose = {field.field_name for field in self.instance.translatable_fields}
        own = {field.name for field in self.instance._meta.get_fields() if getattr(field, "model", None) is not Page}
        for name in [*self.fields]:
            if name in own - prose and not hasattr(Page, name):
                del self.fields[name]
        for name in [*self.formsets]:
            if name in own - prose:
                del self.formsets[name]
