"""A small world of groups for evaluating schemes: facts at rest, and the records beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.factories.customers import GroupFactory
from tests.factories.facts import Facts

from dakehu.customers.models import Customer
from dakehu.facts.interfaces import GROUP, GROUP_MONTH, SUBSCRIPTION
from dakehu.tiering.queries.sources import Facts as Found
from dakehu.tiering.queries.sources import Provider, register_provider

DAY = date(2026, 3, 5)


@dataclass
class Groups:
    """Groups of one city whose facts change from delivery to delivery."""

    facts: Facts
    unit: Any
    manager: Any = None
    customers: dict[str, Customer] = field(default_factory=dict)
    newest: date = DAY

    def use(self) -> None:
        """Let evaluations read these facts."""
        provider = Provider(self.facts_of, lambda: self.newest, lambda: self.facts.store)
        register_provider(provider)

    def facts_of(self, day: date) -> Found:
        return Found(self.facts.store, self.facts.engine.limits, self.facts.sources(day, []))

    def deliver(self, day: date, told: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in groups and their last month: values of the file, ``revenue`` in fen."""
        groups, months, products = [], [], []
        year, month = divmod(day.year * 12 + day.month - 2, 12)
        for number, values in told.items():
            values = dict(values)
            revenue = values.pop("revenue", 0)
            groups.append(
                dict.fromkeys(GROUP.names)
                | {"group_no": number, "city_id": "01", "employees": 10, "org_kind": "enterprise"}
                | values
            )
            months.append(
                {
                    "group_no": number,
                    "ym": year * 100 + month + 1,
                    "revenue_fen": revenue,
                    "it_revenue_fen": revenue // 2,
                    "it_products": 1,
                }
            )
            products.append(
                dict.fromkeys(SUBSCRIPTION.names)
                | {"owner_kind": "group", "owner_no": number, "product_code": "LINE"}
            )
            if number not in self.customers:
                self.customers[number] = GroupFactory(
                    number=number, name=f"集团{number}", unit=self.unit, manager=self.manager
                )
        self.facts._deliver(GROUP, day, "01", {"data": groups})
        self.facts._deliver(GROUP_MONTH, day, "01", {"data": months})
        self.facts._deliver(SUBSCRIPTION, day, "01", {"data": products})
        self.newest = max(self.newest, day)
