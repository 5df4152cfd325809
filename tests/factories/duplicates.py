"""Customers of the manager's that may be the same, are not, and were merged."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import factory
from tests.factories.archive import ProspectFactory
from tests.factories.customers import GroupFactory
from tests.factories.people import People

from dakehu.customers.models import DuplicatePair
from dakehu.customers.operations import dismiss_pair, merge_customers


class PairFactory(factory.django.DjangoModelFactory):
    """A proposed pair."""

    class Meta:
        model = DuplicatePair

    score = 92
    reasons = factory.Dict({"name": 100})
    found_on = date(2026, 3, 2)


def make_duplicates(people: People, *, at: datetime) -> Any:
    """Make an open pair, a dismissed one, and a prospect that was merged into a group."""
    names = {"manager": people.manager, "name": "海岚食品集团"}
    group = GroupFactory(**names, profile=None)
    prospects = [ProspectFactory(manager=people.manager) for _number in range(3)]
    open_pair = PairFactory(first=group, second=prospects[0])
    dismissed = PairFactory(first=group, second=prospects[1])
    dismiss_pair(pair=dismissed, by=people.supervisor, at=at)
    merger = merge_customers(
        kept=group, gone=prospects[2], chosen=(), by=people.supervisor, at=at, reason="电话核实"
    )
    return SimpleNamespace(open=open_pair, dismissed=dismissed, merger=merger, group=group)
