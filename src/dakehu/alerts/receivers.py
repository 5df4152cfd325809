"""What alerts do when something happens elsewhere."""

from dakehu.alerts.operations import follow_handed_over, follow_moved_customers
from dakehu.ownership.events import CustomersMoved
from dakehu.worklist.events import TodosHandedOver


def todos_handed_over(event: TodosHandedOver) -> None:
    """Let alerts follow their to-dos to another person."""
    follow_handed_over(event)


def customers_moved(event: CustomersMoved) -> None:
    """Let alerts that hold follow their customers to the new owner."""
    follow_moved_customers(event)
