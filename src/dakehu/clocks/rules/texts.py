"""Hours as people write them: ``9:00-12:00 13:30-18:00``; nothing is a day off."""

import re

from dakehu.clocks.errors import HoursUnreadable
from dakehu.clocks.rules.workdays import are_apart
from dakehu.clocks.values import Intervals

SEPARATORS = re.compile(r"[\s,，;；、]+")
SPAN = re.compile(r"(\d{1,2})[:：](\d{2})[-–—~～至](\d{1,2})[:：](\d{2})")
HOUR = 60


def intervals_from(text: str) -> Intervals:
    """
    Return the hours that a text names.

    :raises HoursUnreadable: naming the part that is no interval, or the whole text if its
        intervals overlap, run backwards or leave the day.
    """
    found = []
    for part in filter(None, SEPARATORS.split(text.strip())):
        match = SPAN.fullmatch(part)
        if match is None:
            raise HoursUnreadable(part)
        hours = [int(each) for each in match.groups()]
        if hours[1] >= HOUR or hours[3] >= HOUR:
            raise HoursUnreadable(part)
        found.append((hours[0] * HOUR + hours[1], hours[2] * HOUR + hours[3]))
    if not are_apart(tuple(found)):
        raise HoursUnreadable(text.strip())
    return tuple(found)


def text_of(intervals: Intervals) -> str:
    """Return hours as text that can be read back."""
    return " ".join(f"{minute_text(start)}-{minute_text(end)}" for start, end in intervals)


def minute_text(minute: int) -> str:
    """Return a minute of the day as hours and minutes."""
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
