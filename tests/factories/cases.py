"""Cases as people open them."""

from datetime import UTC, datetime
from typing import Any

from dakehu.cases import operations
from dakehu.cases.values import BatchLine, NewCase

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def new_case(**given: Any) -> NewCase:
    """Return a consultation at the hotline; name what is different."""
    usual = {"kind": "CONSULTATION", "channel": "HOTLINE", "text": "专线升速要多久？请尽快答复。"}
    return NewCase(**{**usual, **given})


def make_case(by: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Open a case on somebody's behalf."""
    return operations.open_case(new=new_case(**given), by=by, at=at)


def rows(count: int) -> tuple[BatchLine, ...]:
    """Return the rows of a batch."""
    return tuple(BatchLine(f"138{number:08d}", "开通彩铃") for number in range(count))


def ending(result: str = "SOLVED", cause: str = "NETWORK", answer: str = "已修复。") -> Any:
    """Return with what a case is closed."""
    return operations.Ending(result, cause, answer)


def close(case: Any, by: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Close a case on somebody's behalf."""
    return operations.close_case(case=case, version=None, ending=ending(**given), by=by, at=at)
