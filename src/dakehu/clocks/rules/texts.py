"""Hours as people write them: ``9:00-12:00 13:30-18:00``; nothing is a day off."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from dakehu.clocks.errors import DaysUnreadable, HoursUnreadable
from dakehu.clocks.rules.workdays import are_apart
from dakehu.clocks.values import Intervals

SEPARATORS = re.compile(r"[\s,，;；、]+")
SPAN = re.compile(r"(\d{1,2})[:：](\d{2})[-–—~～至](\d{1,2})[:：](\d{2})")
HOUR = 60
DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
DAYS = re.compile(rf"{DAY}(?:\s*[-–—~～至]\s*{DAY})?\s*(.*)")
LONGEST_STRETCH = 31


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


def days_from(text: str) -> dict[date, str]:
    """
    Return the days that lines name, each with its name: one day, or from one to another.

    :raises DaysUnreadable: naming the line that is no day, runs backwards or goes on too long.
    """
    found: dict[date, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = DAYS.fullmatch(line)
        if match is None:
            raise DaysUnreadable(line)
        *numbers, name = match.groups()
        try:
            first, last = day_in(numbers[:3]), day_in(numbers[3:])
        except ValueError as unreadable:
            raise DaysUnreadable(line) from unreadable
        length = (last - first).days if first and last else 0
        if first is None or not 0 <= length < LONGEST_STRETCH:
            raise DaysUnreadable(line)
        found |= {first + timedelta(days=number): name for number in range(length + 1)}
    return found


def day_in(numbers: list[str | None]) -> date | None:
    """Return the day of three numbers; nothing where there are none."""
    year, month, day = numbers
    return date(int(year), int(month), int(day)) if year and month and day else None


def text_of_days(days: Mapping[date, str]) -> str:
    """Return days as lines that can be read back, neighbours of one name together."""
    stretches: list[list[date]] = []
    for day in sorted(days):
        last = stretches[-1][-1] if stretches else None
        if last and day - last == timedelta(days=1) and days[day] == days[last]:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    lines = []
    for each in stretches:
        span = f"{each[0]} - {each[-1]}" if len(each) > 1 else f"{each[0]}"
        lines.append(f"{span} {days[each[0]]}".strip())
    return "\n".join(lines)
