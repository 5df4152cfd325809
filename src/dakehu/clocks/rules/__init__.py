"""Rules of the clocks: working days, deadlines and their trail, by arithmetic alone."""

from dakehu.clocks.rules.deadlines import deadline_of, escalation_at, kept_standard
from dakehu.clocks.rules.moments import moments_of
from dakehu.clocks.rules.public import known_public_days, misfits_of_year, with_announced
from dakehu.clocks.rules.texts import days_from, intervals_from, text_of, text_of_days
from dakehu.clocks.rules.timetable import Timetable
from dakehu.clocks.rules.trail import trail_of
from dakehu.clocks.rules.workdays import day_of, days_between, misfits_of

__all__ = [
    "Timetable",
    "day_of",
    "days_between",
    "days_from",
    "deadline_of",
    "escalation_at",
    "intervals_from",
    "kept_standard",
    "known_public_days",
    "misfits_of",
    "misfits_of_year",
    "moments_of",
    "text_of",
    "text_of_days",
    "trail_of",
    "with_announced",
]
