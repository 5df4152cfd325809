"""
A calendar made ready for counting: where working time begins and ends, and how much came before.

Everything is in whole microseconds since 1970, so that no instant is rounded; a look-up is a
bisection of sorted lists, and so takes the same few microseconds for a day and for a year.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.rules.workdays import days_between
from dakehu.clocks.values import WorkCalendar

SECOND = 1_000_000
MINUTE = 60 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def ticks_of(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (at - EPOCH) // TICK


def instant_of(ticks: int) -> datetime:
    """Return the instant, in UTC, of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=ticks)


class Timetable:
    """The working time of a calendar from ``first`` to ``last``, both days included.

    :raises CalendarUnusable: if there is no working time at all; and by every question whose
        answer would lie outside these days.
    """

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        self.calendar, self.first, self.last = calendar, first, last
        self.zone = ZoneInfo(calendar.zone)
        self.starts: list[int] = []
        self.ends: list[int] = []
        # Working time before each interval.
        self.before: list[int] = []
        # Where the last interval of each worked day ends.
        self.closings: list[int] = []
        self._lay_out()
        if not self.starts:
            raise CalendarUnusable("no working time")
        self.range = (self._midnight(first), self._midnight(last + timedelta(days=1)))

    def _midnight(self, day: date) -> int:
        return ticks_of(datetime.combine(day, time(), self.zone))

    def _lay_out(self) -> None:
        total = 0
        for each in days_between(self.calendar, self.first, self.last):
            midnight = datetime.combine(each.day, time())
            for opens, closes in each.intervals:
                start, end = (
                    ticks_of((midnight + timedelta(minutes=minute)).replace(tzinfo=self.zone))
                    for minute in (opens, closes)
                )
                self.starts.append(start)
                self.ends.append(end)
                self.before.append(total)
                total += end - start
            if each.intervals:
                self.closings.append(self.ends[-1])

    def worked_by(self, ticks: int) -> int:
        """Return the working time between the first day's midnight and an instant."""
        self._require(ticks)
        index = bisect_right(self.starts, ticks) - 1
        if index < 0:
            return 0
        return self.before[index] + min(ticks, self.ends[index]) - self.starts[index]

    def worked(self, start: int, end: int) -> int:
        """Return the working time between two instants."""
        return self.worked_by(end) - self.worked_by(start)

    def next_moment(self, ticks: int) -> int:
        """Return the instant itself if it is worked, else where working time begins next."""
        self._require(ticks)
        index = bisect_right(self.ends, ticks)
        if index == len(self.starts):
            raise CalendarUnusable("beyond the last day")
        return max(ticks, self.starts[index])

    def later(self, ticks: int, amount: int) -> int:
        """Return the first instant at which ``amount`` of working time has passed."""
        if amount <= 0:
            return ticks
        wanted = self.worked_by(ticks) + amount
        index = bisect_left(self.before, wanted) - 1
        at = self.starts[index] + wanted - self.before[index]
        if at > self.ends[index]:
            raise CalendarUnusable("beyond the last day")
        return at

    def closing_after(self, ticks: int, days: int) -> int:
        """
        Return where the ``days``-th worked day after the one that counts for an instant ends.

        That one is the day of the instant, or the next worked day if it is not worked or has
        closed. With no days it is where that day itself ends.
        """
        self._require(ticks)
        index = bisect_right(self.closings, ticks) + days
        if index >= len(self.closings):
            raise CalendarUnusable("beyond the last day")
        return self.closings[index]

    def _require(self, ticks: int) -> None:
        if not self.range[0] <= ticks < self.range[1]:
            raise CalendarUnusable("outside the days of the calendar")
