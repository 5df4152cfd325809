"""Columns of the desk's own lists."""

from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import MEMBER_TONES
from dakehu.ui import tables


class ReturnVisitTable(tables.ListTable):
    """Members of a cohort whom somebody returned to, or should (O10)."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    state = tables.BadgeColumn(
        accessor="state", tones=MEMBER_TONES, verbose_name=_("State of the member")
    )
    since = tables.DayColumn(accessor="active_from", verbose_name=_("Since"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
