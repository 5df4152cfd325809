"""What the service desk does when others tell what happened."""

from dakehu.cases import operations
from dakehu.clocks.events import ClocksMoved
from dakehu.ownership.events import CustomersMoved
from dakehu.tiering.events import TierChanged
from dakehu.worklist.events import TodosHandedOver


def todos_handed_over(handed: TodosHandedOver) -> None:
    """Let a case follow its to-do to the new owner."""
    operations.follow_todos(handed)


def customers_moved(moved: CustomersMoved) -> None:
    """Show the new managers what concerns their customers."""
    operations.follow_customers(moved)


def clocks_moved(moved: ClocksMoved) -> None:
    """Let cases take their place anew in the working order."""
    operations.follow_moved_clocks(moved)


def tier_changed(changed: TierChanged) -> None:
    """Bring forward what a higher level is promised sooner."""
    operations.follow_levels(changed)
