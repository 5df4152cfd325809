"""Calendars of units, which days are worked, and the clocks that run by them."""

from dakehu.clocks.queries.calendars import (
    calendar_of,
    default_days,
    get_day,
    get_hours,
    hours_known,
    moves_within,
    recounts_of,
    set_days_of,
    units_with_calendars,
)
from dakehu.clocks.queries.clocks import (
    chips_for,
    chips_of,
    clocks_listed,
    clocks_of,
    clocks_visible_to,
    get_clock,
    get_pause,
    open_by_source,
    provisional_years,
)
from dakehu.clocks.queries.notices import clock_of_notice
from dakehu.clocks.queries.subjects import (
    ClockSubject,
    names_of,
    register_subject,
    subject_of,
    subjects,
)
from dakehu.clocks.queries.years import announced_of, get_announced, public_days, years_entered
from dakehu.clocks.rules.public import FIRST_YEAR

__all__ = [
    "FIRST_YEAR",
    "ClockSubject",
    "announced_of",
    "calendar_of",
    "chips_for",
    "chips_of",
    "clock_of_notice",
    "clocks_listed",
    "clocks_of",
    "clocks_visible_to",
    "default_days",
    "get_announced",
    "get_clock",
    "get_day",
    "get_hours",
    "get_pause",
    "hours_known",
    "moves_within",
    "names_of",
    "open_by_source",
    "provisional_years",
    "public_days",
    "recounts_of",
    "register_subject",
    "set_days_of",
    "subject_of",
    "subjects",
    "units_with_calendars",
    "years_entered",
]
