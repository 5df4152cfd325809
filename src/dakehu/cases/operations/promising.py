"""The clocks of a case: begun when it is opened, answered by acts, stopped, resumed, dropped."""

from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.cases.models import Case

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def begin(case: Case, *, by: "Staff | None", at: datetime) -> None:
    """Promise what the customer's level is owed for this kind of case."""


def answer(case: Case, kinds: tuple[str, ...], *, by: "Staff | None", at: datetime) -> None:
    """Answer clocks by an act that reached the customer."""


def pause(case: Case, *, reason: str, by: "Staff", at: datetime) -> None:
    """Let the clocks stand still."""


def resume(case: Case, *, by: "Staff", at: datetime) -> None:
    """Let the clocks run again."""


def hand_over(case: Case, *, by: "Staff | None", at: datetime) -> None:
    """Let the clocks tell the new owner."""


def drop(case: Case, *, by: "Staff", at: datetime) -> None:
    """Withdraw the clocks of a case that is no more one of its own."""


def finish(case: Case, *, by: "Staff", at: datetime) -> None:
    """Answer every clock of a case that is closed, because closing tells the customer."""
