"""What every list of people who take part can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Page

from campaigns.desk.rights import pages_of
from campaigns.models.opt_in import LANGUAGES

CONFIRMED, PENDING, WITHDRAWN = "confirmed", "pending", "withdrawn"


class OwnPageFilter(django_filters.ChoiceFilter):
    """The pages of a kind that somebody looks after: `campaign = OwnPageFilter(CampaignPage, label=…)`."""

    def __init__(self, model: type[Page], **kwargs):
        super().__init__(**kwargs)
        self.page_model = model

    def offer(self, user) -> None:
        own = pages_of(user, self.page_model).order_by("title").values_list("pk", "title")
        self.extra["choices"] = [(str(pk), title) for pk, title in own]


class OptInFilters(WagtailFilterSet):
    """Subclass with a `Meta.model` and further filters."""

    state = django_filters.ChoiceFilter(
        label=_("status"),
        choices=[(CONFIRMED, _("confirmed")), (PENDING, _("not confirmed yet")), (WITHDRAWN, _("withdrawn"))],
        method="by_state",
    )
    language = django_filters.ChoiceFilter(label=_("language"), choices=LANGUAGES)
    requested_at = django_filters.DateFromToRangeFilter(label=_("period"), widget=DateRangePickerWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)  # these rows are no translations of each other
        for each in self.filters.values():
            if isinstance(each, OwnPageFilter):
                each.offer(self.request.user)

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Whoever withdraws is deleted: the figures say how many there were."""
        if value == WITHDRAWN:
            return rows.none()
        return rows.confirmed() if value == CONFIRMED else rows.pending()

    def described(self) -> str:
        """What the list is narrowed to, in words, for the log of exports."""
        if not self.is_valid():
            return ""
        chosen = [(name, value) for name, value in self.form.cleaned_data.items() if value not in (None, "", [])]
        return "; ".join(f"{self.filters[name].label}: {_shown(self.filters[name], value)}" for name, value in chosen)


def _shown(each: django_filters.Filter, value) -> str:
    if isinstance(value, slice):
        return " – ".join(f"{end:%Y-%m-%d}" if end else "" for end in (value.start, value.stop))
    choices = dict(each.extra.get("choices") or ())
    return str(choices.get(value, value))
