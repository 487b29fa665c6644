from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.events.plan import local
from campaigns.events.rule_field import RuleField
from core.forms import BasePageForm

MOMENTS = ("starts_at", "ends_at")


def by_the_clock_of(zone: ZoneInfo, typed: datetime) -> datetime:
    """The moment at which clocks of `zone` show what was typed; forms take it for the time zone of the editor."""
    return timezone.localtime(typed).replace(tzinfo=zone)


class EventPageForm(BasePageForm):
    """Takes and shows times by the wall clock of the event, wherever the editor is."""

    rule = RuleField(
        label=_("repeats"),
        required=False,
        help_text=_("The first date is the one above. Weekdays are for weekly events only."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.starts_at:
            zone = ZoneInfo(self.instance.time_zone)
            for name in MOMENTS:
                if self.initial.get(name):
                    self.initial[name] = local(self.initial[name], zone)

    def clean(self):
        data = super().clean()
        rule = data.get("rule")
        if data.get("time_zone"):
            zone = ZoneInfo(data["time_zone"])
            data |= {name: by_the_clock_of(zone, data[name]) for name in MOMENTS if data.get(name)}
            if rule and data.get("starts_at"):
                rule = rule.beginning(local(data["starts_at"], zone))
        if "rule" in data:
            data["rule"] = str(rule or "")
        return data
