"""What changes cases: opening, working, closing, joining."""

from dakehu.cases.operations.announcing import announce_fault, end_notice, report_fault
from dakehu.cases.operations.batches import settle_rows
from dakehu.cases.operations.closing import Ending, close_case, reopen_case
from dakehu.cases.operations.coverage import (
    assign_coverage,
    plan_coverage,
    reply_on_coverage,
)
from dakehu.cases.operations.following import follow_customers, follow_todos
from dakehu.cases.operations.joining import (
    ask_for_support,
    join_fault,
    link_cases,
    merge_case,
    split_case,
    unlink_cases,
)
from dakehu.cases.operations.naming import name_customer
from dakehu.cases.operations.opening import open_case
from dakehu.cases.operations.ordering import (
    assign_order,
    change_order,
    plan_order,
    take_order_back,
    withdraw_order,
)
from dakehu.cases.operations.promising import follow_levels, follow_moved_clocks
from dakehu.cases.operations.raising import raise_case
from dakehu.cases.operations.replying import (
    Reply,
    drop_template,
    keep_template,
    reply_to_customer,
)
from dakehu.cases.operations.serving import (
    Signed,
    accept_order,
    arrive,
    record_service,
    return_order,
    set_out,
    sign_order,
)
from dakehu.cases.operations.supporting import order_support, report_progress
from dakehu.cases.operations.visiting import Said, record_visit
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
    "Reply",
    "Said",
    "Signed",
    "accept_order",
    "announce_fault",
    "arrive",
    "ask_for_support",
    "assign_coverage",
    "assign_order",
    "change_order",
    "close_case",
    "drop_template",
    "end_notice",
    "follow_customers",
    "follow_levels",
    "follow_moved_clocks",
    "follow_todos",
    "give_case",
    "go_on",
    "join_fault",
    "keep_template",
    "link_cases",
    "merge_case",
    "name_customer",
    "note_on",
    "open_case",
    "order_support",
    "plan_coverage",
    "plan_order",
    "put_back",
    "raise_case",
    "record_service",
    "record_visit",
    "reopen_case",
    "reply_on_coverage",
    "reply_to_customer",
    "report_fault",
    "report_progress",
    "return_order",
    "set_out",
    "settle_rows",
    "sign_order",
    "split_case",
    "take_case",
    "take_order_back",
    "talk_to_customer",
    "unlink_cases",
    "wait_for_customer",
    "withdraw_order",
]
