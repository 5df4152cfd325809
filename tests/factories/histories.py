"""A short history whose facts are at rest and whose deliveries are in the book, for training."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from tests.factories.facts import Facts, master_row, usage_row

from dakehu.facts.store import Partition

FIRST = date(2026, 1, 1)
DAYS = 36
HORIZON = 4
CITY = "01"


@dataclass
class History:
    """
    People who leave by chance alone: nothing in their usage says so beforehand.

    ``signs`` says what a day's row of a person shows beside that; it is told who leaves within the
    horizon, so that a test can plant a giveaway and see who gets to know it.
    """

    home: Path
    people: int = 110
    leaves: dict[str, int] = field(default_factory=dict)
    deliveries: int = 0

    def __post_init__(self) -> None:
        self.facts = Facts(self.home)
        dice = np.random.default_rng(11)
        self.names = [f"s{number:04d}" for number in range(self.people)]
        chosen = dice.choice(self.people, self.people * 2 // 3, replace=False)
        self.leaves = {self.names[n]: int(dice.integers(8, DAYS)) for n in chosen}
        self.voice = {name: dice.integers(0, 900, size=DAYS) for name in self.names}

    def day(self, number: int) -> date:
        """Return the data day of a number."""
        return FIRST + timedelta(days=number)

    def is_leaving(self, name: str, number: int) -> bool:
        """Tell whether somebody leaves within the horizon after a day."""
        return number < self.leaves.get(name, 10**6) <= number + HORIZON

    def rows(self, number: int, signs: Callable[[bool], dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the usage of a day; who has left has rows no more."""
        rows = []
        for name in self.names:
            gone = self.leaves.get(name, 10**6)
            if number <= gone:
                told = {"status": 4} if number == gone else signs(self.is_leaving(name, number))
                voice = int(self.voice[name][number])
                rows.append(usage_row(name, self.day(number), voice_onnet_s=voice, **told))
        return rows

    def deliver(
        self, numbers: Iterable[int], signs: Callable[[bool], dict[str, Any]] = lambda leaving: {}
    ) -> list[Partition]:
        """Put the usage of some days into the store; an earlier delivery of a day is replaced."""
        return [
            self.facts.deliver_usage(
                self.day(number), CITY, self.rows(number, signs), managed=self.names
            )
            for number in numbers
        ]

    def deliver_subscribers(self) -> Partition:
        """Put who the subscribers are into the store."""
        rows = [master_row(name) for name in self.names]
        return self.facts.deliver_subscribers(self.day(0), CITY, rows)

    def book(self, partitions: Iterable[Partition], *, taken_at: datetime, run: Any) -> None:
        """Write deliveries into the book; of a day the newest counts."""
        from dakehu.exchange.models import Delivery, LivePartition

        for each in partitions:
            self.deliveries += 1
            delivery = Delivery.objects.create(
                dialect="dakehu-1",
                city_code=CITY,
                day=each.day,
                send=self.deliveries,
                fingerprint=f"{self.deliveries:064d}",
                state="ACCEPTED",
                taken_at=taken_at,
                run=run,
            )
            LivePartition.objects.update_or_create(
                interface=each.interface,
                day=each.day,
                city_code=CITY,
                defaults={"version": each.version, "rows": each.rows, "delivery": delivery},
            )


def morning_after(day: date, hour: int = 2) -> datetime:
    """Return a moment on the day after a data day."""
    return datetime.combine(day + timedelta(days=1), time(hour), UTC)


def night_of(day: date) -> Any:
    """Write a night that ended on the morning after its day."""
    from dakehu.exchange.models import Run

    return Run.objects.create(
        kind="NIGHTLY",
        first_day=day,
        last_day=day,
        started_at=morning_after(day, 1),
        ended_at=morning_after(day, 3),
        state="DONE",
        host="h",
        pid=1,
    )
