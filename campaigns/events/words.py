"""Rhythm and price in the language of the text around them."""

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.events.recurrence import DAILY, LAST, MONTHLY, WEEKLY, Rule, read
from campaigns.models.event_conditions import AMOUNT, FREE, SLIDING


def rhythm(event) -> str:
    """ "Every 2 weeks: Monday, Thursday, until 15 July 2027"; empty for what takes place once."""
    rule = read(event.rule)
    if rule is None:
        return ""
    text = _how_often(rule)
    days = ", ".join(_weekday(rule, day) for day in rule.weekdays)
    if rule.frequency == WEEKLY and not days:
        days = str(WEEKDAYS[event.local_start.weekday()])
    if days:
        text = _("%(rhythm)s: %(days)s") % {"rhythm": text, "days": days}
    if rule.until:
        text = _("%(rhythm)s, until %(date)s") % {"rhythm": text, "date": date_format(rule.until, "DATE_FORMAT")}
    return text


def _how_often(rule: Rule) -> str:
    number = rule.interval
    if rule.frequency == DAILY:
        text = ngettext("Every day", "Every %(number)s days", number)
    elif rule.frequency == WEEKLY:
        text = ngettext("Every week", "Every %(number)s weeks", number)
    elif rule.frequency == MONTHLY:
        text = ngettext("Every month", "Every %(number)s months", number)
    else:
        text = ngettext("Every year", "Every %(number)s years", number)
    return text % {"number": number}


def _weekday(rule: Rule, day: int) -> str:
    name = str(WEEKDAYS[day])
    if rule.position == LAST:
        return _("%(weekday)s (the last one of the month)") % {"weekday": name}
    if rule.position:
        return _("%(weekday)s (number %(number)s of the month)") % {"weekday": name, "number": rule.position}
    return name


def price(event) -> str:
    if event.price_kind == FREE:
        return _("Free of charge")
    if event.price_kind == AMOUNT and event.price is not None:
        return _("%(price)s €") % {"price": _number(event.price)}
    if event.price_kind == SLIDING and event.price is not None and event.highest_price is not None:
        return _("%(lowest)s to %(highest)s €, as much as you can") % {
            "lowest": _number(event.price),
            "highest": _number(event.highest_price),
        }
    return ""


def _number(amount) -> str:
    return number_format(amount, decimal_pos=0 if amount == amount.to_integral_value() else 2, use_l10n=True)
