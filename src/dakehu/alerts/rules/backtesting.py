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
        judged = np.zeros(self.days, dtype=bool)
        judged[1 : 1 + self.judged_days] = True
        counted = block.counts & judged
        self.pairs += int(counted.sum())
        for outcome in JUDGED:
            self.chances[outcome] += int((counted & after.follows[outcome]).sum())
            self.events[outcome] += int(after.events[outcome].sum())
        dangers = [found for code, found in block.fired.items() if code not in OCCASIONS]
        together = np.logical_or.reduce(dangers)
        for code, fired in {**block.fired, TOGETHER: together}.items():
            opened = openings(fired, block.delivered)
            if code == TOGETHER:
                each = (openings(found, block.delivered) for found in dangers)
                opened = np.logical_or.reduce(list(each))
            self._note(self.rules.setdefault(code, Tally()), opened, fired, judged, after)
        for key, fired in block.dialled.items():
            opened = openings(fired, block.delivered)
            self._note(self.dials.setdefault(key, Tally()), opened, fired, judged, after)

    def _note(
        self, tally: Tally, opened: Truth, fired: Truth, judged: Truth, after: "_Afterwards"
    ) -> None:
        by_day = opened[:, 1:].sum(axis=0)
        known = tally.by_day or [0] * len(by_day)
        tally.by_day = [old + int(new) for old, new in zip(known, by_day, strict=True)]
        tally.opened += int(by_day.sum())
        ripe = opened & judged
        named = after.named(fired)
        tally.judged += int(ripe.sum())
        for outcome in JUDGED:
            right = ripe & after.follows[outcome]
            tally.hits[outcome] += int(right.sum())
            ahead = np.bincount(after.ahead[outcome][right], minlength=self.horizon + 1)
            kept = tally.leads.get(outcome) or [0] * (self.horizon + 1)
            tally.leads[outcome] = [a + int(b) for a, b in zip(kept, ahead, strict=True)]
            tally.named[outcome] += int((after.events[outcome] & named).sum())

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
    """What happens to some people after each day."""

    def __init__(self, onsets: Mapping[str, Truth], days: int, horizon: int) -> None:
        self.days, self.horizon = days, horizon
        either = np.logical_or.reduce([onsets[name] for name in OUTCOMES])
        self.onsets = {**onsets, ANY: either}
        self.ahead = {name: days_ahead(found, days) for name, found in self.onsets.items()}
        self.follows = {name: found <= horizon for name, found in self.ahead.items()}
        # Outcomes of the days that follow the first real day.
        self.events = {name: found[:, 2 : days + 1] for name, found in self.onsets.items()}

    def named(self, fired: Truth) -> Truth:
        """On which days something that begins would have been named by a rule before."""
        places = np.where(fired, np.arange(self.days), -FAR)
        latest = np.maximum.accumulate(places, axis=1)[:, 1:]
        found: Truth = latest >= np.arange(2, self.days + 1) - self.horizon
        return found


def openings(fired: Truth, delivered: Truth) -> Truth:
    """On which days an alert would have been opened: a late city's silence clears nothing."""
    opened = np.zeros_like(fired)
    going_on = np.zeros(len(fired), dtype=bool)
    for place in range(fired.shape[1]):
        opened[:, place] = fired[:, place] & ~going_on
        going_on = fired[:, place] | (going_on & ~delivered[:, place])
    return opened


def days_ahead(onsets: Truth, days: int) -> Ints:
    """How many days after each of the first ``days`` the next onset comes; very many for never."""
    places = np.where(onsets, np.arange(onsets.shape[1]), FAR)
    upcoming = np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1]
    after = np.full((len(onsets), days), FAR)
    reach = min(days, onsets.shape[1] - 1)
    after[:, :reach] = upcoming[:, 1 : reach + 1]
    found: Ints = np.where(after < FAR, after - np.arange(days), FAR)
    return found


def median_of(counts: Iterable[int]) -> int | None:
    """The median of numbers from 0 on, given by how often each occurs; None of nothing."""
    listed = list(counts)
    half, passed = (sum(listed) + 1) // 2, 0
    for value, count in enumerate(listed):
        passed += count
        if count and passed >= half:
            return value
    return None
