"""Which of several standards is due first, by the calendar of a unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.clocks import rules
from dakehu.clocks.queries.timetables import timetables_of
from dakehu.clocks.values import Standard

if TYPE_CHECKING:
    from dakehu.people.models import Unit


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
            self.known |= timetables_of([unit], since=self.at, at=self.at)
        return self.known[unit.pk]
