"""Facts at rest for whoever evaluates all customers, with the records beside them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.factories.customers import CustomerFactory, GroupFactory
from tests.factories.facts import Facts, master_row, month_row

from dakehu.facts.interfaces import GROUP, GROUP_MONTH
from dakehu.tiering.queries.sources import Facts as Found
from dakehu.tiering.queries.sources import Provider, register_provider


@dataclass
class World:
    """Customers of one city as the files tell of them, day after day."""

    facts: Facts
    masters: dict[date, list[dict[str, Any]]] = field(default_factory=dict)
    newest: date | None = None

    def facts_of(self, day: date) -> Found:
        """What an evaluation reads as of a day: the newest master until then."""
        told = max((each for each in self.masters if each <= day), default=None)
        rows = self.masters[told] if told else []
        return Found(self.facts.store, self.facts.engine.limits, self.facts.sources(day, rows))

    def deliver_groups(self, day: date, told: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in groups, and as their last month the ``revenue`` among their values."""
        groups, months = [], []
        for number, values in told.items():
            values = dict(values)
            figures = {"group_no": number, "ym": month_before(day), "it_revenue_fen": 0}
            figures |= {"revenue_fen": values.pop("revenue", 0), "it_products": 1}
            months.append(figures)
            groups.append(dict.fromkeys(GROUP.names) | {"group_no": number} | values)
        self.facts._deliver(GROUP, day, "01", {"data": groups})
        self.facts._deliver(GROUP_MONTH, day, "01", {"data": months})
        self.newest = max(self.newest or day, day)

    def tell_people(self, day: date, told: Mapping[str, Mapping[str, Any]]) -> None:
        """Say who the subscribers are as of a day."""
        self.masters[day] = [master_row(number, **values) for number, values in told.items()]
        self.newest = max(self.newest or day, day)

    def tell_months(self, day: date, ym: int, revenues: Mapping[str, int]) -> None:
        """Take in what people brought in a month, in fen."""
        rows = [month_row(number, ym, revenue, 0) for number, revenue in revenues.items()]
        self.facts.deliver_months(day, "01", rows)


def month_before(day: date) -> int:
    """Return the month before a day's as YYYYMM."""
    year, month = divmod(day.year * 12 + day.month - 2, 12)
    return year * 100 + month + 1


@contextmanager
def world_at(home: Path) -> Iterator[World]:
    """Let evaluations read a world of its own for the length of a block."""
    from dakehu.exchange.jobs.engines import tiering_provider

    world = World(Facts(home))
    register_provider(Provider(world.facts_of, lambda: world.newest, lambda: world.facts.store))
    yield world
    register_provider(tiering_provider())


def group_of(number: str, manager: Any, **values: Any) -> Any:
    """Return the record of a group."""
    return GroupFactory(number=number, name=f"集团{number}", manager=manager, **values)


def person_of(number: str, manager: Any, **values: Any) -> Any:
    """Return the record of an individual."""
    return CustomerFactory(number=number, manager=manager, **values)
