"""Columns of the list of imports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.files.choices import IMPORT_TONES
from dakehu.ui import tables
from dakehu.ui.imports import screen_of


class ImportTitleColumn(tables.TextColumn):
    """What was imported, in words."""

    def render(self, value: str) -> str:
        screen = screen_of(value)
        return str(screen.title) if screen else value

    def value(self, value: Any) -> str:
        return self.render(value)


class ImportTable(tables.ListTable):
    """Imports: which file, of what, by whom, how far, and what it did."""

    file_name = tables.TextColumn(accessor="file_name", verbose_name=_("File"))
    name = ImportTitleColumn(accessor="name", verbose_name=_("Import"))
    state = tables.BadgeColumn(accessor="state", tones=IMPORT_TONES, verbose_name=_("State"))
    rows = tables.NumberColumn(accessor="rows", verbose_name=_("Rows"))
    created = tables.NumberColumn(accessor="created", verbose_name=_("Created"))
    updated = tables.NumberColumn(accessor="updated", verbose_name=_("Updated"))
    unchanged = tables.NumberColumn(accessor="unchanged", verbose_name=_("Unchanged"))
    rejected = tables.NumberColumn(accessor="rejected", verbose_name=_("Rejected"))
    staff = tables.TextColumn(accessor="staff", verbose_name=_("By"))
    unit = tables.TextColumn(accessor="staff__unit", verbose_name=_("Unit"))
    at = tables.InstantColumn(accessor="at", verbose_name=_("Uploaded"))
    applied_at = tables.InstantColumn(accessor="applied_at", verbose_name=_("Applied"))
    undone_at = tables.InstantColumn(accessor="undone_at", verbose_name=_("Undone"))

    optional_columns = ("unit", "applied_at", "undone_at")
