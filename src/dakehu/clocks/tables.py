"""Columns of the list of calendars."""

from django.utils.translation import gettext_lazy as _

from dakehu.ui import tables


class CalendarTable(tables.ListTable):
    """Units, and what each of them set in its calendar itself."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Unit"))
    kind = tables.BadgeColumn(accessor="kind", verbose_name=_("Kind"))
    own_hours = tables.NumberColumn(accessor="own_hours", verbose_name=_("Own hours"))
    proposals = tables.NumberColumn(accessor="proposals", verbose_name=_("Proposed hours"))
    own_days = tables.NumberColumn(accessor="own_days", verbose_name=_("Days set by hand"))
