"""
What an alert asks of its owner: how soon, by when, and which act is suggested (W1 to W13).

Most urgent is what a customer does about leaving and what cuts them off; a birthday or the end of
a contract has its own day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4

# Urgency, and working time in days from the run's day; how soon a sign goes cold.
DUTIES = {
    "W01": (NORMAL, 2),
    "W02": (HIGH, 1),
    "W03": (NORMAL, 3),
    "W04": (HIGH, 2),
    "W05M": (NORMAL, 3),
    "W05Y": (NORMAL, 3),
    "W06": (HIGH, 2),
    "W07": (LOW, 0),
    "W08": (NORMAL, 7),
    "W09": (NORMAL, 1),
    "W10": (URGENT, 0),
    "W11": (URGENT, 0),
    "W12": (URGENT, 0),
    "W14": (URGENT, 0),
}

OCCASIONS = ("W07", "W08")
"""Warnings of a day to come: a birthday, the end of a contract. They tell of no danger that
could prove right or wrong."""


@dataclass(frozen=True)
class Duty:
    """How soon an alert wants handling (1 is most urgent) and the day it is due."""

    urgency: int
    due: date


def duty_for(rule: str, *, opened: date, last: date, a: int) -> Duty:
    """Return what an alert of ``rule`` asks for.

    ``opened`` and ``last`` are its first and newest data day, ``a`` its first evidence number.
    A birthday is due on the day itself; a contract a week after the alert, and never later than
    the day on which it ends. What another system reports is due on the day of its newest report.
    Anything else is due counted from the day after the first data day.
    """
    urgency, days = DUTIES[rule]
    due = opened + timedelta(days=1 + days)
    if rule == "W14":
        due = last
    elif rule == "W07":
        due = occasion_of(last=last, a=a)
    elif rule == "W08":
        due = min(due, occasion_of(last=last, a=a))
    return Duty(urgency=urgency, due=due)


def occasion_of(*, last: date, a: int) -> date:
    """Return the day that a warning of a day to come speaks of: ``a`` days after its run."""
    return last + timedelta(days=1 + a)
