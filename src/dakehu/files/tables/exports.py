"""Columns of the lists of exports."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.files.choices import EXPORT_TONES
from dakehu.ui import tables
from dakehu.ui.lists import releases


class ListColumn(tables.TextColumn):
    """Which list an export is of."""

    def render(self, value: Any) -> str:
        return releases.list_title(value)

    def value(self, value: Any) -> str:
        return releases.list_title(value)


class ValuesColumn(tables.TextColumn):
    """Whether personal values are in plain."""

    def render(self, value: Any) -> str:
        return _("In plain") if value else _("Masked")

    def value(self, value: Any) -> str:
        return self.render(value)


class ExportTable(tables.ListTable):
    """Exports: of which list, what for, how many rows, and what has become of them."""

    screen = ListColumn(accessor="screen", verbose_name=gettext_lazy("List"))
    number = tables.CodeColumn(accessor="pk", verbose_name=gettext_lazy("No."))
    purpose = tables.TextColumn(
        accessor="purpose",
        verbose_name=gettext_lazy("Purpose"),
        attrs={"td": {"class": "cell-words"}},
    )
    rows = tables.NumberColumn(accessor="rows_expected", verbose_name=gettext_lazy("Rows"))
    values = ValuesColumn(accessor="is_plain", verbose_name=gettext_lazy("Personal values"))
    state = tables.BadgeColumn(
        accessor="state", tones=EXPORT_TONES, verbose_name=gettext_lazy("State")
    )
    requester = tables.TextColumn(
        accessor="requested_by", verbose_name=gettext_lazy("Asked for by")
    )
    unit = tables.TextColumn(accessor="requested_by__unit", verbose_name=gettext_lazy("Unit"))
    requested_at = tables.InstantColumn(
        accessor="requested_at", verbose_name=gettext_lazy("Asked for")
    )
    releaser = tables.TextColumn(accessor="decided_by", verbose_name=gettext_lazy("Decided by"))
    expires_at = tables.InstantColumn(
        accessor="expires_at", verbose_name=gettext_lazy("File until")
    )
    downloads = tables.NumberColumn(accessor="downloads", verbose_name=gettext_lazy("Downloads"))

    optional_columns = ("number", "unit", "downloads")
