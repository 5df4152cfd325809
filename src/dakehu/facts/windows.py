"""
Which days a window means, seen from the last data day D.

A window is a frozen value without a date; :meth:`Window.span` gives its first and last day for a
given D.  ``k`` counts back from D: k = 0 is D itself.  Warnings and features speak in windows
only, so the run of a past day uses the same words (capabilities W1 to W12).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


class Window(Protocol):
    """A stretch of days relative to the last data day."""

    def span(self, day: date) -> Span:
        """The days of the window when the last data day is ``day``."""
        ...


@dataclass(frozen=True)
class DaysBack:
    """k from ``newest`` to ``oldest``, both included."""

    newest: int
    oldest: int

    def span(self, day: date) -> Span:
        """The days ``day − oldest`` to ``day − newest``."""
        return Span(day - self.oldest * ONE_DAY, day - self.newest * ONE_DAY)


@dataclass(frozen=True)
class MonthToDate:
    """From the first of D's month to D."""

    def span(self, day: date) -> Span:
        """The days of ``day``'s month up to ``day``."""
        return Span(day.replace(day=1), day)


@dataclass(frozen=True)
class LastMonthSameDays:
    """From the first of the previous month to the same day of the month, clamped to its length."""

    def span(self, day: date) -> Span:
        """The same days one month earlier: for 31 March the whole of February."""
        last = day.replace(day=1) - ONE_DAY
        return Span(last.replace(day=1), last.replace(day=min(day.day, last.day)))


@dataclass(frozen=True)
class LastYearSameDays:
    """From the first of the same month last year to the same day; 29 February becomes 28."""

    def span(self, day: date) -> Span:
        """The same days one year earlier."""
        first = day.replace(year=day.year - 1, day=1)
        return Span(first, first.replace(day=min(day.day, length_of_month(first))))


def last(days: int) -> DaysBack:
    """The last ``days`` days: k from 0 to ``days`` − 1."""
    return DaysBack(0, days - 1)


def length_of_month(day: date) -> int:
    """How many days the month of ``day`` has."""
    return last_of_month(day).day


def last_of_month(day: date) -> date:
    """The last day of the month of ``day``."""
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY


@dataclass(frozen=True)
class DayClass:
    """Days that stand in exactly the same windows, so that they can be summed as one."""

    days: tuple[date, ...]
    windows: frozenset[Window]


def day_classes(windows: Iterable[Window], day: date) -> tuple[DayClass, ...]:
    """
    Sort every day of any window into the set of windows it stands in.

    Each usage row is then read and summed once, however many windows overlap on its day.
    """
    spans = {window: window.span(day) for window in windows}
    days = sorted({each for span in spans.values() for each in span})

    def standing(each: date) -> frozenset[Window]:
        return frozenset(window for window, span in spans.items() if each in span)

    runs = [DayClass(tuple(run), key) for key, run in groupby(days, standing)]
    merged: dict[frozenset[Window], tuple[date, ...]] = {}
    for run in runs:
        merged[run.windows] = merged.get(run.windows, ()) + run.days
    return tuple(DayClass(members, key) for key, members in merged.items())


def month_terms(span: Span) -> tuple[tuple[date, int], ...]:
    """
    Write a span as a sum of month-to-date figures: pairs of (day, +1 or −1).

    The figure of a day adds up its month from the first to that day, so a span is the figure at
    its end, plus those of the month ends inside it, minus the one on the day before it begins.
    """
    terms = []
    day = span.first
    while day <= span.last:
        end = min(last_of_month(day), span.last)
        terms.append((end, 1))
        day = end + ONE_DAY
    if span.first.day > 1:
        terms.append((span.first - ONE_DAY, -1))
    return tuple(terms)
