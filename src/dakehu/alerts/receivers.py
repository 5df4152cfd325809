"""What alerts do when something happens elsewhere."""

from dakehu.alerts.operations import follow_handed_over
from dakehu.worklist.events import TodosHandedOver


def todos_handed_over(event: TodosHandedOver) -> None:
    """Let alerts follow their to-dos to another person."""
    follow_handed_over(event)
