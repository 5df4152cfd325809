"""
The stage on which the rule book's examples are played.

The last data day is D = 20 March 2026, a run on R = 21 March.  City 01 delivered every day; city
02 is late and has sent nothing for the last three days; city 03 delivered nothing in March.
An example says only what matters: on which day before D (k = 0 is D) what was used.  Every example
is played on the engine and on the plain-Python evaluator, and both must say what the book says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.factories.facts import Facts, master_row, signals_of, usage_row

from dakehu.alerts.rules import program_for
from dakehu.alerts.rules.reference import Case, evaluate
from dakehu.alerts.values import WarningNumbers

D = date(2026, 3, 20)
R = D + timedelta(days=1)
LAST_YEAR = 365

Signal = tuple[int | None, int | None]


@dataclass(frozen=True)
class Example:
    """
    One example of the rule book.

    ``used`` maps k to the figures of that day; the row of D is there without any use unless
    ``today`` is false or the city is late.  ``fires`` is the evidence (a, b), or ``None`` when
    nothing fires.
    """

    says: str
    fires: Signal | None
    used: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    who: Mapping[str, Any] = field(default_factory=dict)
    city: str = "01"
    today: bool = True

    def rows(self, sub_id: str) -> list[dict[str, Any]]:
        days = dict(self.used)
        if self.today and D in delivered(self.city):
            days.setdefault(0, {})
        return [
            usage_row(sub_id, D - timedelta(days=k), self.city, **figures)
            for k, figures in days.items()
        ]

    def master(self, sub_id: str) -> dict[str, Any]:
        return master_row(sub_id, self.city, **self.who)


def delivered(city: str) -> list[date]:
    """On which days the city delivered."""
    days = [D - timedelta(days=k) for k in (*range(70), *range(LAST_YEAR - 15, LAST_YEAR + 25))]
    if city == "02":
        return [day for day in days if (D - day).days > 2]
    if city == "03":
        return [day for day in days if (day.year, day.month) != (2026, 3)]
    return days


def play(examples: Iterable[Example], home: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Play all examples at once; return what the engine and what plain Python say of each."""
    cast = {f"{number:04d}": example for number, example in enumerate(examples)}
    rows = [row for sub_id, example in cast.items() for row in example.rows(sub_id)]
    assert all(row["day"] in delivered(row["city_id"]) for row in rows), "a day not delivered"
    facts = Facts(home)
    for city in ("01", "02", "03"):
        for day in delivered(city):
            sent = [row for row in rows if row["day"] == day and row["city_id"] == city]
            facts.deliver_usage(day, city, sent, managed=cast)
    sources = facts.sources(D, [example.master(sub_id) for sub_id, example in cast.items()])
    found = facts.evaluate(sources, program_for(D, WarningNumbers()))

    by_engine: dict[str, Any] = {example.says: {} for example in cast.values()}
    for sub_id, code, a, b in signals_of(found):
        by_engine[cast[sub_id].says][code] = (a, b)
    by_reference = {
        example.says: {
            code: (a, b)
            for code, a, b in evaluate(
                Case(
                    day=D,
                    rows=example.rows(sub_id),
                    master=example.master(sub_id),
                    delivered=delivered(example.city),
                    numbers=WarningNumbers(),
                )
            ).fired
        }
        for sub_id, example in cast.items()
    }
    return by_engine, by_reference


def days_since(days: int) -> date:
    """The opening date of somebody whose tenure is ``days`` on R."""
    return R - timedelta(days=days)


def days_ahead(days: int) -> date:
    """The date ``days`` days after R."""
    return R + timedelta(days=days)
