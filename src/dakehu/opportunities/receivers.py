"""What opportunities do when others tell what happened."""

from dakehu.cases.events import CaseClosed
from dakehu.clocks.events import ClocksMoved
from dakehu.opportunities import operations
from dakehu.worklist.events import TodosHandedOver


def todos_handed_over(handed: TodosHandedOver) -> None:
    """Let an offer follow its to-do to another person."""
    operations.follow_todos(handed)


def case_closed(closed: CaseClosed) -> None:
    """Tell in the passport what came of a support request order."""
    operations.follow_support(closed)


def clocks_moved(moved: ClocksMoved) -> None:
    """Let an offer end when its clock does."""
    operations.follow_moved_clocks(moved)
