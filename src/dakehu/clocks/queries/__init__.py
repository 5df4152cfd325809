"""Calendars of units, and which days are worked."""

from dakehu.clocks.queries.calendars import (
    calendar_of,
    default_days,
    get_day,
    get_hours,
    hours_known,
    set_days_of,
    units_with_calendars,
)
from dakehu.clocks.rules.public import FIRST_YEAR

__all__ = [
    "FIRST_YEAR",
    "calendar_of",
    "default_days",
    "get_day",
    "get_hours",
    "hours_known",
    "set_days_of",
    "units_with_calendars",
]
