"""What alerts do when something happens elsewhere."""

from dakehu.alerts.operations import (
    arrange_after_quiet_hours,
    follow_handed_over,
    follow_moved_customers,
)
from dakehu.ownership.events import CustomersMoved
from dakehu.worklist.events import TodosHandedOver, TodosLookedAt


def todos_handed_over(event: TodosHandedOver) -> None:
    """Let alerts follow their to-dos to another person."""
    follow_handed_over(event)


def customers_moved(event: CustomersMoved) -> None:
    """Let alerts that hold follow their customers to the new owner."""
    follow_moved_customers(event)


def todos_looked_at(event: TodosLookedAt) -> None:
    """Open what quiet hours kept before somebody looks, should no worker have done so."""
    arrange_after_quiet_hours(at=event.at)
