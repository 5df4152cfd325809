"""
What names of folders and files say, and which deliveries in a folder say that they are complete.

A data file whose check file has not come is not there yet: nothing is said about it (F5).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dakehu.exchange.rules.dialects import DAY_LENGTH, MONTH_LENGTH
from dakehu.exchange.values import Announcement, CheckForm, Dialect, EnvelopeRefusal
from dakehu.facts.intake.values import Refusal

_CITY = re.compile(r"[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class DataName:
    """A data file's name taken apart; ``interface`` is None if the unit is unknown."""

    unit: str
    place: str
    period: str
    part: int
    send: int | None
    interface: str | None


def is_city_folder(name: str) -> bool:
    """Tell whether a folder of the inbox is a city's: two digits."""
    return _CITY.fullmatch(name) is not None


def day_of_folder(name: str) -> date | None:
    """Read the data day from the name of a folder; None if it is not a day."""
    return _day(name) if len(name) == DAY_LENGTH else None


def _day(text: str) -> date | None:
    if not (text.isascii() and text.isdigit()):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None


def announcements_in(
    names: Iterable[str], *, city: str, day: date, dialects: Sequence[Dialect]
) -> list[Announcement]:
    """
    Find the deliveries that the check files of one folder announce, in the order to take them.

    A name belongs to the first dialect whose pattern it fits.  Lower send numbers come first, so
    that a re-send found beside the first delivery replaces it.
    """
    groups: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for name in sorted(names):
        for dialect in dialects:
            if match := re.fullmatch(dialect.check_name, name, re.ASCII):
                scope = "" if dialect.check_form is CheckForm.CSV else _scope(match)
                groups[int(match["send"]), scope, dialect.name].append(name)
                break
    return sorted(
        Announcement(
            city=city,
            day=day,
            send=send,
            scope=scope,
            dialect=dialect_name,
            check_files=tuple(files),
        )
        for (send, scope, dialect_name), files in groups.items()
    )


def _scope(match: re.Match[str]) -> str:
    return f"{match['letter']}_{match['place']}_{match['period']}_{match['unit']}"


def check_name_fault(name: str, announcement: Announcement, dialect: Dialect) -> Refusal | None:
    """Say whether a check file bears another city or day than the folder it lies in."""
    match = re.fullmatch(dialect.check_name, name, re.ASCII)
    if match is None:
        return Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name})
    return _belonging_fault(name, match["place"], match["period"], announcement, dialect)


def take_name_apart(name: str, dialect: Dialect) -> DataName | None:
    """Read what a data file's name says; None if it does not fit the dialect's pattern."""
    match = re.fullmatch(dialect.data_name, name, re.ASCII)
    if match is None:
        return None
    parts = match.groupdict()
    return DataName(
        unit=parts["unit"],
        place=parts["place"],
        period=parts["period"],
        part=int(parts["part"]),
        send=int(parts["send"]) if parts.get("send") else None,
        interface=dialect.units.get((parts["unit"], len(parts["period"]))),
    )


def is_data_name(name: str, dialects: Sequence[Dialect]) -> bool:
    """Tell whether a name is a data file's in one of the dialects."""
    return any(re.fullmatch(dialect.data_name, name, re.ASCII) for dialect in dialects)


def places_in(names: Iterable[str], dialects: Sequence[Dialect]) -> list[tuple[str, date | None]]:
    """List city (empty where names do not tell it) and day that the check files name."""
    found = []
    for name in names:
        for dialect in dialects:
            if match := re.fullmatch(dialect.check_name, name, re.ASCII):
                city = match["place"] if dialect.place_is_city else ""
                found.append((city, day_of_folder(match["period"])))
                break
    return found


def data_name_fault(name: str, announcement: Announcement, dialect: Dialect) -> Refusal | None:
    """
    Say what is wrong with the name of a data file, of everything that it says.

    Names come from outside and become paths: one that could lead out of its folder is refused
    before anything else is asked.
    """
    if is_unsafe(name):
        return Refusal(EnvelopeRefusal.UNSAFE_NAME, {"file": name[:200]})
    said = take_name_apart(name, dialect)
    if said is None:
        return Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name[:200]})
    if said.interface is None:
        return Refusal(EnvelopeRefusal.UNKNOWN_INTERFACE, {"file": name, "interface": said.unit})
    if said.send is not None and said.send != announcement.send:
        return Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name})
    if announcement.scope and f"_{said.place}_{said.period}_{said.unit}" not in announcement.scope:
        return Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name})
    return _belonging_fault(name, said.place, said.period, announcement, dialect)


def is_unsafe(name: str) -> bool:
    """Tell whether a name is more than the plain name of a file in its folder."""
    return (
        name in ("", ".", "..")
        or any(sign in name for sign in ("/", "\\", "\0", ":"))
        or not name.isprintable()
    )


def _belonging_fault(
    name: str, place: str, period: str, announcement: Announcement, dialect: Dialect
) -> Refusal | None:
    if dialect.place_is_city and place != announcement.city:
        return Refusal(
            EnvelopeRefusal.WRONG_CITY,
            {"file": name, "expected": announcement.city, "found": place},
        )
    if not _is_period_of(period, announcement.day):
        expected = announcement.day.strftime("%Y%m%d")
        return Refusal(
            EnvelopeRefusal.WRONG_DAY, {"file": name, "expected": expected, "found": period}
        )
    return None


def _is_period_of(period: str, day: date) -> bool:
    """Tell whether a period may be delivered on a data day: that day, its month, the last."""
    if len(period) == DAY_LENGTH:
        return _day(period) == day
    if len(period) != MONTH_LENGTH or not "01" <= period[4:] <= "12":
        return False
    months_ago = (day.year - int(period[:4])) * 12 + day.month - int(period[4:])
    return months_ago in (0, 1)
