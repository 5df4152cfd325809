"""What changes cases: opening, working, closing, joining."""

from dakehu.cases.operations.closing import Ending, close_case, reopen_case
from dakehu.cases.operations.following import follow_customers, follow_todos
from dakehu.cases.operations.joining import link_cases, unlink_cases
from dakehu.cases.operations.opening import open_case
from dakehu.cases.operations.working import (
    give_case,
    go_on,
    note_on,
    put_back,
    take_case,
    talk_to_customer,
    wait_for_customer,
)

__all__ = [
    "Ending",
    "close_case",
    "follow_customers",
    "follow_todos",
    "give_case",
    "go_on",
    "link_cases",
    "note_on",
    "open_case",
    "put_back",
    "reopen_case",
    "take_case",
    "talk_to_customer",
    "unlink_cases",
    "wait_for_customer",
]
