"""Ownership: terms of a change, customers in numbers, and people on leave."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from tests.factories.customers import CustomerFactory

from dakehu.customers.models import Customer
from dakehu.customers.queries import customers_visible_to
from dakehu.ownership import operations
from dakehu.ownership.choices import MoveKind, MoveState
from dakehu.ownership.models import Move, OwnerRule, Receipt
from dakehu.ownership.values import Terms
from dakehu.people.models import Leave

TODAY = date(2026, 3, 2)


def terms(**changes: Any) -> Terms:
    """Return terms of today with a reason."""
    return Terms(**{"effective_on": TODAY, "reason": "片区调整", **changes})


def customers_of(manager, count: int, **options: Any) -> list[Customer]:
    """Make customers of one person."""
    return CustomerFactory.create_batch(count, manager=manager, **options)


def visible(actor, *customers: Customer):
    """Return customers as a screen hands them over: from a query for whoever acts."""
    return customers_visible_to(actor).filter(pk__in=[each.pk for each in customers])


def assigned(customers, *, to, by, at, **changes: Any):
    """Draft and decide an assignment; return the move."""
    draft = operations.draft_assignment(
        customers=visible(by, *customers), to=to, terms=terms(**changes), by=by, at=at
    )
    return operations.decide_move(move=draft, by=by, at=at)


def away(person, *, deputy=None, first: date = TODAY, until: date = date(2026, 3, 10)) -> Leave:
    """Put a person on leave."""
    return Leave.objects.create(
        staff=person,
        deputy=deputy,
        starts_at=datetime(first.year, first.month, first.day, tzinfo=UTC),
        ends_at=datetime(until.year, until.month, until.day, tzinfo=UTC),
        reason="年假",
    )


def owner_of(customer: Customer):
    """Return with whom a customer is now."""
    return Customer.objects.get(pk=customer.pk).manager


def make_ownership(people) -> SimpleNamespace:
    """Make a move of the manager's customers to the colleague, the receipt for it, and numbers."""
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    move = Move.objects.create(
        kind=MoveKind.ASSIGN,
        state=MoveState.DONE,
        effective_on=TODAY,
        reason="片区调整",
        from_staff=people.manager,
        to_staff=people.colleague,
        customers=1,
        by=people.supervisor,
        at=at,
        done_at=at,
    )
    receipt = Receipt.objects.create(move=move, staff=people.colleague, customers=1)
    numbers = OwnerRule.objects.create(
        active_from=date(2027, 1, 1), numbers={}, reason="新年调整", proposed_by=people.supervisor
    )
    return SimpleNamespace(move=move, receipt=receipt, numbers=numbers)
