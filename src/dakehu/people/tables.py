"""Columns of the staff list."""

from django.utils.translation import gettext_lazy as _

from dakehu.ui import tables


class StaffTable(tables.ListTable):
    """Staff: who, in which role, where, and whether they can log in."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name"))
    username = tables.CodeColumn(accessor="username", verbose_name=_("User name"))
    staff_no = tables.CodeColumn(accessor="staff_no", verbose_name=_("Staff number"))
    role = tables.BadgeColumn(accessor="role", verbose_name=_("Role"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    can_log_in = tables.YesNoColumn(
        accessor="has_usable_password", verbose_name=_("Can log in"), orderable=False
    )
    last_login = tables.InstantColumn(accessor="last_login", verbose_name=_("Last log-in"))

    optional_columns = ("phone", "last_login")
