"""What changes alerts: signals of the night, reports of others, people who act (W1-W14)."""

from dakehu.alerts.operations.asking import ask_owners
from dakehu.alerts.operations.following import SignalDay, SignalRow, follow_signals
from dakehu.alerts.operations.handing_out import (
    assign_alerts,
    follow_handed_over,
    follow_moved_customers,
)
from dakehu.alerts.operations.handling import Contact, handle_alert
from dakehu.alerts.operations.keeping import Totals
from dakehu.alerts.operations.reporting import Taken, take_report

__all__ = [
    "Contact",
    "SignalDay",
    "SignalRow",
    "Taken",
    "Totals",
    "ask_owners",
    "assign_alerts",
    "follow_handed_over",
    "follow_moved_customers",
    "follow_signals",
    "handle_alert",
    "take_report",
]
