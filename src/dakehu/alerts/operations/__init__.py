"""What changes alerts: signals of the night, reports of others, people who act (W1-W14)."""

from dakehu.alerts.operations.arranging import (
    arrange_after_quiet_hours,
    arrange_cards,
    set_asking,
    take_more,
)
from dakehu.alerts.operations.asking import ask_owners
from dakehu.alerts.operations.following import SignalDay, SignalRow, follow_signals
from dakehu.alerts.operations.handing_out import (
    assign_alerts,
    follow_handed_over,
    follow_moved_customers,
)
from dakehu.alerts.operations.handling import Contact, handle_alert, handle_card
from dakehu.alerts.operations.handling_many import Acted, assign_several, handle_several
from dakehu.alerts.operations.keeping import Totals
from dakehu.alerts.operations.numbers import (
    draft_numbers,
    propose_numbers,
    publish_numbers,
    save_numbers,
    withdraw_numbers,
)
from dakehu.alerts.operations.reporting import Taken, take_report
from dakehu.alerts.operations.trying import (
    Found,
    Wish,
    ask_for_trial,
    begin_trial,
    fail_trial,
    finish_trial,
    keep_found,
    note_progress,
)

__all__ = [
    "Acted",
    "Contact",
    "Found",
    "SignalDay",
    "SignalRow",
    "Taken",
    "Totals",
    "Wish",
    "arrange_after_quiet_hours",
    "arrange_cards",
    "ask_for_trial",
    "ask_owners",
    "assign_alerts",
    "assign_several",
    "begin_trial",
    "draft_numbers",
    "fail_trial",
    "finish_trial",
    "follow_handed_over",
    "follow_moved_customers",
    "follow_signals",
    "handle_alert",
    "handle_card",
    "handle_several",
    "keep_found",
    "note_progress",
    "propose_numbers",
    "publish_numbers",
    "save_numbers",
    "set_asking",
    "take_more",
    "take_report",
    "withdraw_numbers",
]
