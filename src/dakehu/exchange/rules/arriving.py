"""
What was known of a past day when it was evaluated for the first time.

A day counts as known up to the end of the first night that evaluated it or a later day; what was
taken after that came late, and nothing that learns from the past may see it.  A loading of history
brings what a source has kept: when it would have arrived nobody can tell, so it counts as in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dakehu.facts.store import Partition


@dataclass(frozen=True)
class Arrival:
    """A live partition, when it was taken, and whether a loading of history brought it."""

    partition: Partition
    taken_at: datetime
    from_history: bool


@dataclass(frozen=True)
class Night:
    """A nightly run that came to its end: its data day, and when it ended."""

    day: date
    ended_at: datetime


def known_until(day: date, nights: Iterable[Night]) -> datetime | None:
    """The end of the first night that evaluated ``day`` or a later one; ``None`` without any."""
    return min((night.ended_at for night in nights if night.day >= day), default=None)


def is_in_time(arrival: Arrival, until: datetime | None) -> bool:
    """Whether a partition was there by then; without a night everything taken was."""
    return arrival.from_history or until is None or arrival.taken_at <= until


def known_on(day: date, arrivals: Iterable[Arrival], nights: Iterable[Night]) -> list[Partition]:
    """The partitions of data days up to ``day`` that were known when it was evaluated."""
    until = known_until(day, nights)
    return [
        arrival.partition
        for arrival in arrivals
        if arrival.partition.day <= day and is_in_time(arrival, until)
    ]
