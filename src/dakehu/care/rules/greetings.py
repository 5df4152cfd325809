"""
Who is greeted for what, when and how (C9, G1).

A festival of the lunar calendar is kept in the ordinary month, not again in a leap month of the
same number, and on the last day of a month that is too short. The forms come from the standards of
a customer's level; where several are allowed the first is taken, and a visit where important
customers are visited. Nobody is greeted twice within some days: a day of their own goes before a
festival, and an important festival before another.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from lunar_python import Lunar, LunarMonth

from dakehu.care.values import Proposed

LUNAR = "LUNAR"
FESTIVAL = "FESTIVAL"
PLACEHOLDER = re.compile(r"\{(\w*)\}")
PLACEHOLDERS = ("customer", "person", "occasion", "years", "manager")


def festival_day(year: int, *, calendar: str, month: int, day: int) -> date:
    """Return the solar date on which a festival is kept in a solar year.

    A lunar festival of the last months may fall into the next solar year; it is the one that
    begins in the lunar year of the same number, so each solar year names it once.
    """
    if calendar != LUNAR:
        return date(year, month, day)
    length = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def days_within(first: date, last: date, *, calendar: str, month: int, day: int) -> list[date]:
    """Return the days within a span on which a festival is kept."""
    years = range(first.year - 1, last.year + 1)
    found = (festival_day(year, calendar=calendar, month=month, day=day) for year in years)
    return [each for each in found if first <= each <= last]


def form_of(allowed: Sequence[str], visited: Collection[str]) -> str:
    """Return the form in which somebody is greeted; nothing where none is promised."""
    return next(iter([*visited, *allowed]), "")


def spaced(
    proposals: Iterable[Proposed],
    known: Mapping[int, Collection[date]],
    *,
    gap_days: int,
    important: Collection[str] = (),
) -> list[Proposed]:
    """
    Return the proposals of which none comes within ``gap_days`` of another to the same customer.

    ``known`` are the days on which customers are greeted already; ``important`` are the keys of
    festivals that go before others.
    """
    gap = timedelta(days=gap_days)
    taken: dict[int, list[date]] = defaultdict(list)
    for customer, days in known.items():
        taken[customer] += days
    kept = []
    for each in sorted(proposals, key=lambda one: (rank_of(one, important), one.day, one.key)):
        if all(abs(each.day - other) > gap for other in taken[each.customer_id]):
            taken[each.customer_id].append(each.day)
            kept.append(each)
    return sorted(kept, key=lambda one: (one.day, one.customer_id, one.key))


def rank_of(proposal: Proposed, important: Collection[str]) -> int:
    """Return what goes first: a day of their own, an important festival, another."""
    if proposal.kind != FESTIVAL:
        return 0
    return 1 if proposal.key in important else 2


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces in a wording and means nothing."""
    return [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def worded(text: str, values: Mapping[str, object]) -> str:
    """Return a wording with its placeholders filled; values are never read as wordings."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), text)
