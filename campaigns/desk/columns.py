"""Cells of the desk's lists."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, TitleColumn


class PersonColumn(TitleColumn):
    """A name in whatever script, kept from turning the line around it."""

    cell_template_name = "campaigns/admin/person_cell.html"


class TypedColumn(Column):
    """What somebody typed: shortened, in its own direction."""

    cell_template_name = "campaigns/admin/typed_cell.html"


def state_of(row) -> str:
    """Of a double opt-in, with its moment."""
    if row.confirmed_at:
        return _("confirmed %(when)s") % {"when": short(row.confirmed_at)}
    return _("not confirmed yet")


def short(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
