"""Which of several standards is due first, by the calendar of a unit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.clocks import rules
from dakehu.clocks.queries.calendars import calendar_of
from dakehu.clocks.values import Standard

if TYPE_CHECKING:
    from dakehu.people.models import Unit

REACH = timedelta(days=400)
"""How far ahead standards are looked at that compete with each other."""


class EarliestFirst:
    """Tells which standard is due first for what begins at an instant; a unit is read once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.known: dict[int, rules.Timetable] = {}

    def place_of(self, standards: Sequence[Standard], unit: "Unit") -> int:
        """
        Return the place of the standard that is due first; of equal ones the first.

        :raises CalendarUnusable: if the unit has no working time.
        """
        if len({each.unit for each in standards}) == 1:
            amounts = [each.amount for each in standards]
            return amounts.index(min(amounts))
        dues = [self.due(each, unit) for each in standards]
        return dues.index(min(dues))

    def due(self, standard: Standard, unit: "Unit") -> datetime:
        """Return when a standard is due."""
        due = rules.deadline_of(self.timetable(unit), self.at, standard).due
        assert due is not None  # Nothing is paused.
        return due

    def timetable(self, unit: "Unit") -> rules.Timetable:
        """Return the working time of a unit from the day of the instant on."""
        if unit.pk not in self.known:
            day = localdate(self.at)
            calendar = calendar_of(unit, on=day)
            self.known[unit.pk] = rules.Timetable(calendar, day, day + REACH)
        return self.known[unit.pk]
