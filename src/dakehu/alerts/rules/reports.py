"""
What other systems report of customers who want to leave (W14).

The evidence of the alert is a mask of what was asked for, with the bits of the daily files where
these know it, and how often it was reported.
"""

from datetime import datetime, timedelta

BITS = {
    "pre_deregistration": 1,
    "loss_report": 2,
    "stop_request": 4,
    "leave_request": 16,
    "port_out": 32,
}
"""The bit of each kind of report in the evidence of an alert."""

LATE = timedelta(days=30)
"""Older events are history; the daily files bring it."""

EARLY = timedelta(minutes=10)
"""So far two clocks may differ."""


def is_timely(happened_at: datetime, *, at: datetime) -> bool:
    """Tell whether an event is recent enough to be an alarm, and not to come."""
    return -EARLY <= at - happened_at <= LATE
