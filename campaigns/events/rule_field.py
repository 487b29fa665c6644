"""The rule of a series as editors choose it: how often, on which weekdays, until when. Stored as RFC 5545."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from campaigns.events.recurrence import DAILY, LAST, MONTHLY, WEEKLY, YEARLY, Rule, read

NEVER, BY_WEEKDAY, BY_LAST_WEEKDAY = "", "MONTHLY-NTH", "MONTHLY-LAST"
KINDS = [
    (NEVER, _("once only")),
    (DAILY, _("daily")),
    (WEEKLY, _("weekly")),
    (MONTHLY, _("monthly on the same day, such as the 15th")),
    (BY_WEEKDAY, _("monthly on the same weekday, such as the second Tuesday")),
    (BY_LAST_WEEKDAY, _("monthly on the last such weekday, such as the last Friday")),
    (YEARLY, _("yearly")),
]
DAYS = [(str(number), name) for number, name in WEEKDAYS.items()]
PARTS = {
    "kind": _("how often"),
    "interval": _("every how many days, weeks, months or years"),
    "weekdays": _("on these weekdays"),
    "until": _("until"),
    "count": _("or: how many times"),
}
LONGEST_INTERVAL, MOST = 52, 500


class RuleWidget(forms.MultiWidget):
    template_name = "campaigns/admin/rule.html"

    class Media:
        css = {"all": ["css/admin/events.css"]}

    def __init__(self, attrs=None):
        widgets = {
            "kind": forms.Select(choices=KINDS),
            "interval": forms.NumberInput(attrs={"min": 1, "max": LONGEST_INTERVAL}),
            "weekdays": forms.CheckboxSelectMultiple(choices=DAYS),
            "until": AdminDateInput(),
            "count": forms.NumberInput(attrs={"min": 1, "max": MOST}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        rule = read(value) if isinstance(value, str) else value
        if not rule:
            return [NEVER, 1, [], None, None]
        kind = rule.frequency
        if kind == MONTHLY and rule.position:
            kind = BY_LAST_WEEKDAY if rule.position == LAST else BY_WEEKDAY
        weekdays = [str(day) for day in rule.weekdays] if kind == WEEKLY else []
        return [kind, rule.interval, weekdays, rule.until, rule.count]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["parts"] = [
            (*part, widget) for part, widget in zip(PARTS.items(), context["widget"]["subwidgets"], strict=True)
        ]
        return context


class RuleField(forms.MultiValueField):
    """Cleans to a `Rule`, or None for what takes place once."""

    widget = RuleWidget

    def __init__(self, **kwargs):
        fields = [
            forms.ChoiceField(choices=KINDS, required=False),
            forms.IntegerField(required=False, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)]),
            forms.MultipleChoiceField(choices=DAYS, required=False),
            forms.DateField(required=False),
            forms.IntegerField(required=False, validators=[MinValueValidator(1), MaxValueValidator(MOST)]),
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values) -> Rule | None:
        kind, interval, weekdays, until, count = values or (NEVER, None, [], None, None)
        if kind == NEVER:
            return None
        if until and count:
            raise ValidationError(_("Please give either the last day or the number of dates."))
        return Rule(
            frequency=MONTHLY if kind in (BY_WEEKDAY, BY_LAST_WEEKDAY) else kind,
            interval=interval or 1,
            weekdays=tuple(sorted(int(day) for day in weekdays)) if kind == WEEKLY else (),
            position={BY_WEEKDAY: 1, BY_LAST_WEEKDAY: LAST}.get(kind, 0),
            count=count,
            until=until,
        )
