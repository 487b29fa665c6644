"""What an inbox can be narrowed to. The tasks are computed, so the filters work on a list."""

from datetime import timedelta

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from translations.inbox.work import Task
from translations.models import Assignment
from translations.states import State

OVERDUE, WEEK, MONTH, NONE = "overdue", "week", "month", "none"
LANGUAGES = [(code, name) for code, name in LANGUAGE_NAMES.items() if code != SOURCE_LANGUAGE]


class InboxFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=LANGUAGES)
    state = django_filters.ChoiceFilter(label=_("Progress"), choices=State.choices)
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=[
            (OVERDUE, _("overdue")),
            (WEEK, _("within a week")),
            (MONTH, _("within a month")),
            (NONE, _("without a date")),
        ],
    )
    urgent = django_filters.ChoiceFilter(label=_("Urgent"), choices=[("yes", _("urgent only"))])

    class Meta:
        model = Assignment
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)

    def filter_queryset(self, tasks: list[Task]) -> list[Task]:
        wanted = self.form.cleaned_data
        if wanted["language"]:
            tasks = [task for task in tasks if task.language == wanted["language"]]
        if wanted["state"]:
            tasks = [task for task in tasks if task.now.state == wanted["state"]]
        if wanted["urgent"]:
            tasks = [task for task in tasks if task.is_urgent]
        if wanted["due"]:
            tasks = [task for task in tasks if _is_due(task, wanted["due"])]
        return tasks


def _is_due(task: Task, when: str) -> bool:
    if when == NONE:
        return task.due is None
    if when == OVERDUE:
        return task.is_overdue
    last = timezone.localdate() + timedelta(days=7 if when == WEEK else 31)
    return bool(task.due and task.due <= last)
