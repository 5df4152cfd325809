"""Columns of the lists of calendars and of clocks."""

from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dakehu.clocks.queries import chips_for, names_of
from dakehu.ui import tables


class CalendarTable(tables.ListTable):
    """Units, and what each of them set in its calendar itself."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Unit"))
    kind = tables.BadgeColumn(accessor="kind", verbose_name=_("Kind"))
    own_hours = tables.NumberColumn(accessor="own_hours", verbose_name=_("Own hours"))
    proposals = tables.NumberColumn(accessor="proposals", verbose_name=_("Proposed hours"))
    own_days = tables.NumberColumn(accessor="own_days", verbose_name=_("Days set by hand"))


class SubjectColumn(tables.TextColumn):
    """What a clock runs for, as the app behind it calls it; asked once for the whole page."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-words"}}

    def render(self, record: Any, table: Any) -> str:
        names = table.__dict__.setdefault("subject_names", {})
        if record.pk not in names:
            found = names_of(table.data)
            names |= {row.pk: found.get((row.subject, row.subject_id), "") for row in table.data}
        return str(names[record.pk])


class FaceColumn(tables.TextColumn):
    """A clock at a glance; the calendars are asked once for the whole page."""

    def render(self, record: Any, table: Any) -> SafeString:
        chips = table.__dict__.setdefault("clock_chips", {})
        if record.pk not in chips:
            chips |= chips_for(list(table.data), at=record.now)
        return render_to_string("clocks/components/chip.html", {"chip": chips[record.pk]})


class ClockTable(tables.ListTable):
    """Clocks: for what and whom, how much is left, until when, with whom."""

    thing = SubjectColumn(accessor="pk", verbose_name=_("Runs for"))
    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer"))
    face = FaceColumn(accessor="pk", verbose_name=_("State"))
    due = tables.InstantColumn(accessor="due_at", verbose_name=_("Due at"), default="–")
    source = tables.TextColumn(accessor="source", verbose_name=_("Promised by"))
    owner = tables.TextColumn(accessor="owner", verbose_name=_("Owner"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    started = tables.InstantColumn(accessor="started_at", verbose_name=_("Started at"))
    optional_columns = ("source", "started")
