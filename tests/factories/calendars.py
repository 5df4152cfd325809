"""Calendars: hours that a unit may get, and a day set by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SUMMER = (((480, 720), (900, 1080)),) * 5 + ((), ())


@dataclass
class Calendars:
    """What the addresses of calendars are about."""

    unit: Any
    proposed: Any
    day: Any
    clock: Any
    pause: Any
    notice: Any
    recount: Any
    year: Any


def propose(unit: Any, by: Any, *, active_from: date, at: datetime = AT) -> Any:
    """Return hours of the summer that somebody proposed for a unit."""
    from dakehu.clocks.operations import propose_hours
    from dakehu.clocks.values import Hours

    hours = Hours(ordinary=SUMMER[0], week=SUMMER)
    return propose_hours(
        unit=unit, hours=hours, active_from=active_from, reason="夏令作息", by=by, at=at
    )


def close(unit: Any, by: Any, day: date, *, at: datetime = AT) -> Any:
    """Return a day on which a unit is closed."""
    from dakehu.clocks.operations import set_day

    return set_day(unit=unit, day=day, intervals=(), reason="供电检修", by=by, at=at)


def announce(
    by: Any,
    *,
    year: int = 2027,
    free: tuple[tuple[str, str], ...] = (("02-08", "春节"),),
    make_up: tuple[str, ...] = (),
    at: datetime = AT,
) -> Any:
    """Return the days of a year that somebody entered as announced."""
    from dakehu.clocks.operations import propose_year
    from dakehu.clocks.values import Announced

    days = {date.fromisoformat(f"{year}-{day}"): name for day, name in free}
    worked = frozenset(date.fromisoformat(f"{year}-{day}") for day in make_up)
    return propose_year(announced=Announced(year, days, worked), source="国办通知", by=by, at=at)


def make_calendars(people: Any) -> Calendars:
    """Let the administrator set the calendar of a district; a clock of its manager runs out."""
    from tests.factories.clocks import Runner, wall

    from dakehu.clocks.operations import sweep

    unit, by = people.units.district, people.administrator
    run = Runner(people, unit)
    clock = run.resume(
        run.pause(run.start(at="2026-02-25 09:00"), "2026-02-25 10:00"), "2026-02-25 11:00"
    )
    sweep(at=wall("2026-02-25 15:00"))
    day = close(unit, by, date(2026, 5, 20))
    return Calendars(
        unit=unit,
        proposed=propose(unit, by, active_from=date(2099, 7, 1)),
        day=day,
        year=announce(by),
        recount=recount_of(unit),
        clock=clock,
        pause=clock.pauses.get(),
        notice=clock.notices.get(),
    )


def recount_of(unit: Any) -> Any:
    """Return what the last change of a unit's calendar did to clocks."""
    from dakehu.clocks.models import Recount

    return Recount.objects.filter(unit=unit).latest("pk")
