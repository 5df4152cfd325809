"""
How warnings would have done over past days: what they named, and what then happened (W1 to W12).

An alert is an episode, as in the night: a warning that goes on firing is one.  It was right about
an outcome that began within the horizon after its first day.  An outcome was named before if the
warning fired on any of the days of the horizon before it.  All figures are counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dakehu.alerts.rules.duties import OCCASIONS
from dakehu.facts.panel import Ints, Truth
from dakehu.facts.replay import OUTCOMES, Block, Dial

COUNTS = (1, 2, 3, 4, 5, 6, 8, 10)
SHARES = (20, 30, 40, 50, 60, 70, 80, 90)

DIALS: tuple[Dial, ...] = (
    Dial("W01", "hotline_calls", COUNTS),
    Dial("W02", "forwarded_calls", COUNTS),
    Dial("W03", "payment_percent", SHARES),
    Dial("W04", "fall_percent", SHARES),
    Dial("W05M", "last_month_percent", SHARES),
    Dial("W05Y", "last_year_percent", SHARES),
    Dial("W06", "offnet_points", (5, 10, 15, 20, 25, 30, 40)),
    Dial("W09", "idle_calls", (1, 3, 5, 8, 12, 20)),
    Dial("W10", "leaving_score", (20, 30, 40, 50, 60, 70, 80)),
    Dial("W11", "funds_days", (1, 2, 3, 5, 7, 10)),
)
"""A birthday, the end of a contract and an event have no threshold that could be turned."""

ANY = "any"
JUDGED: tuple[str, ...] = (*OUTCOMES, ANY)
"""What may happen to a customer; ``any`` is any of it."""

TOGETHER = "together"
Key = str | tuple[str, int]
"""A rule, or a rule at another value of its dial."""

FAR = 10**6


@dataclass
class Tally:
    """What one rule did: alerts opened, those old enough to judge, hits, days ahead, named."""

    opened: int = 0
    judged: int = 0
    by_day: list[int] = field(default_factory=list)
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JUDGED, 0))
    leads: dict[str, list[int]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JUDGED, 0))


@dataclass
class Hindsight:
    """
    Adds up blocks of a replay whose first day only tells what went on already.

    ``days`` counts that first day; ``judged_days`` are the days after it whose horizon is over.
    """

    days: int
    judged_days: int
    horizon: int
    pairs: int = 0
    chances: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JUDGED, 0))
    events: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JUDGED, 0))
    rules: dict[str, Tally] = field(default_factory=dict)
    dials: dict[tuple[str, int], Tally] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        """Add some people."""
        after = _Afterwards(block.onsets, self.days, self.horizon)
        judged = np.zeros((self.days, 1), dtype=bool)
        judged[1 : 1 + self.judged_days] = True
        counted = block.counts.T & judged
        self.pairs += int(np.count_nonzero(counted))
        for outcome in JUDGED:
            self.chances[outcome] += int(np.count_nonzero(counted & after.follows[outcome]))
            self.events[outcome] += int(np.count_nonzero(after.events[outcome]))
        # Days lie before people, and all rules side by side: a step from day to day then goes
        # along memory, once for all rules.
        found: list[tuple[Key, Truth]] = [*block.fired.items(), *block.dialled.items()]
        fired = np.empty((len(found) + 1, self.days, len(block.sub_ids)), dtype=bool)
        for place, (_, each) in enumerate(found):
            fired[place] = each.T
        dangers = [place for place, code in enumerate(block.fired) if code not in OCCASIONS]
        np.logical_or.reduce(fired[dangers], axis=0, out=fired[-1])
        opened = openings(fired, np.ascontiguousarray(block.delivered.T))
        np.logical_or.reduce(opened[dangers], axis=0, out=opened[-1])
        by_day = np.add.reduce(opened.view(np.uint8), axis=2, dtype=np.int64)
        named = after.named(fired)
        for place, key in enumerate([*(key for key, _ in found), TOGETHER]):
            tally = self._tally(key)
            self._note_openings(tally, by_day[place, 1:].tolist(), opened[place] & judged, after)
            for outcome in JUDGED:
                tally.named[outcome] += int(np.count_nonzero(named[place] & after.events[outcome]))

    def _tally(self, key: Key) -> Tally:
        if isinstance(key, str):
            return self.rules.setdefault(key, Tally())
        return self.dials.setdefault(key, Tally())

    def _note_openings(
        self, tally: Tally, by_day: list[int], ripe: Truth, after: "_Afterwards"
    ) -> None:
        known = tally.by_day or [0] * len(by_day)
        tally.by_day = [old + new for old, new in zip(known, by_day, strict=True)]
        tally.opened += sum(by_day)
        where = np.flatnonzero(ripe)
        tally.judged += len(where)
        for outcome in JUDGED:
            ahead = after.ahead[outcome].ravel()[where]
            counted = np.bincount(ahead[ahead <= self.horizon], minlength=self.horizon + 1)
            tally.hits[outcome] += int(counted.sum())
            kept = tally.leads.get(outcome) or [0] * (self.horizon + 1)
            tally.leads[outcome] = [a + int(b) for a, b in zip(kept, counted, strict=True)]

    def plain(self) -> dict[str, Any]:
        """All counts as plain values."""
        return {
            "days": self.days - 1,
            "judged_days": self.judged_days,
            "horizon": self.horizon,
            "pairs": self.pairs,
            "chances": self.chances,
            "events": self.events,
            "rules": {code: vars(tally) for code, tally in self.rules.items()},
            "dials": [
                {"rule": rule, "value": value, **vars(tally), "by_day": []}
                for (rule, value), tally in self.dials.items()
            ],
        }


class _Afterwards:
    """What happens to some people after each day; arrays are by day and person."""

    def __init__(self, onsets: Mapping[str, Truth], days: int, horizon: int) -> None:
        self.days, self.horizon = days, horizon
        told = {name: np.ascontiguousarray(onsets[name].T) for name in OUTCOMES}
        self.onsets = {**told, ANY: np.logical_or.reduce(list(told.values()))}
        self.ahead = {name: days_ahead(found, days) for name, found in self.onsets.items()}
        self.follows = {name: found <= horizon for name, found in self.ahead.items()}
        # Outcomes of the days that follow the first real day.
        self.events = {name: found[2 : days + 1] for name, found in self.onsets.items()}

    def named(self, fired: Truth) -> Truth:
        """On which days something that begins would have been named by each rule before."""
        rules, days, people = fired.shape
        found = np.empty((rules, days - 1, people), dtype=bool)
        latest = np.full((rules, people), -FAR, dtype=np.int32)
        for day in range(days):
            np.copyto(latest, day, where=fired[:, day])
            if day:
                np.greater_equal(latest, day + 1 - self.horizon, out=found[:, day - 1])
        return found


def openings(fired: Truth, delivered: Truth) -> Truth:
    """
    On which days an alert would have been opened: a late city's silence clears nothing.

    ``delivered`` is by day and person; ``fired`` may have a rule before these.
    """
    opened = np.zeros_like(fired)
    going_on = np.zeros_like(fired[..., 0, :])
    for day, came in enumerate(delivered):
        now = fired[..., day, :]
        np.greater(now, going_on, out=opened[..., day, :])
        going_on = now | (going_on & ~came)
    return opened


def days_ahead(onsets: Truth, days: int) -> Ints:
    """How many days after each of the first ``days`` the next onset comes; very many for never."""
    after = np.full((days, onsets.shape[1]), FAR, dtype=np.int64)
    upcoming = np.full(onsets.shape[1], FAR, dtype=np.int64)
    for day in reversed(range(len(onsets) - 1)):
        np.copyto(upcoming, day + 1, where=onsets[day + 1])
        if day < days:
            after[day] = np.where(upcoming < FAR, upcoming - day, FAR)
    return after


def median_of(counts: Iterable[int]) -> int | None:
    """The median of numbers from 0 on, given by how often each occurs; None of nothing."""
    listed = list(counts)
    half, passed = (sum(listed) + 1) // 2, 0
    for value, count in enumerate(listed):
        passed += count
        if count and passed >= half:
            return value
    return None
