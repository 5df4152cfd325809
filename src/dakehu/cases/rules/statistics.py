"""Figures of requests: spans of days, rates per thousand, and what counts as a repeat."""

from collections.abc import Mapping
from datetime import date, timedelta

from dakehu.cases.values import Span

DAYS, WEEKS, MONTHS = "day", "week", "month"
STEPS = (DAYS, WEEKS, MONTHS)
MOST_SPANS = 62
LONGEST_DAYS = 732
REPEAT_DAYS = 30
"""A complaint within so many days of one of the same customer is a repeat."""


def step_that_fits(first: date, last: date) -> str:
    """Return the step in which a period is easily read."""
    days = (last - first).days + 1
    return DAYS if days <= MOST_SPANS // 2 else WEEKS if days <= 7 * 13 else MONTHS


def period_of(first: date | None, last: date | None, *, today: date) -> tuple[date, date]:
    """Return the days that are shown: six months unless named; never too many, or backwards."""
    end = min(last or today, today)
    begin = first or month_before(end, 5)
    if begin > end:
        begin, end = end, begin
    return max(begin, end - timedelta(days=LONGEST_DAYS - 1)), end


def month_before(day: date, months: int) -> date:
    """Return the first day of the month that lies some months before that of a day."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def spans_of(first: date, last: date, step: str) -> list[Span]:
    """Return the days, weeks or months of a period; the last one takes what would be too many."""
    spans: list[Span] = []
    begin = first
    while begin <= last and len(spans) < MOST_SPANS:
        end = min(end_of(begin, step), last)
        spans.append(Span(begin, end))
        begin = end + timedelta(days=1)
    if begin <= last:
        spans[-1] = Span(spans[-1].first, last)
    return spans


def end_of(day: date, step: str) -> date:
    """Return the last day of the week or month of a day, or the day itself."""
    if step == WEEKS:
        return day + timedelta(days=6 - day.weekday())
    if step == MONTHS:
        return month_before(day, -1) - timedelta(days=1)
    return day


def per_thousand(count: int, customers: int) -> float | None:
    """Return how many there are for a thousand customers; None without customers."""
    return round(count * 1000 / customers, 2) if customers else None


def share(part: int, whole: int) -> float | None:
    """Return a part in per cent; None of nothing."""
    return round(part * 100 / whole, 1) if whole else None


def under(path: str, tops: Mapping[int, str]) -> int | None:
    """Return under which of several units, by their paths, a unit lies; None if under none."""
    return next((pk for pk, top in tops.items() if path.startswith(top)), None)
