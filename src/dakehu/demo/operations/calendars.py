"""Let the units of the demonstration keep their working calendars."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.clocks.operations import propose_hours, publish_hours, set_day
from dakehu.clocks.queries import hours_known, units_with_calendars
from dakehu.clocks.values import Hours
from dakehu.demo.values import DemoBook
from dakehu.people.choices import UnitKind
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

MORNING, AFTERNOON = (9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)
LATE = (15 * 60, 18 * 60 + 30)
SHORT = ((10 * 60, 16 * 60),)


def furnish_calendars(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Give cities hours, proposals and days of their own; twice changes nothing."""
    cities = units_with_calendars(administrator).filter(kind=UnitKind.CITY)
    if any(hours_known(city) for city in cities):
        return
    today = localdate(at)
    second = staff_who_may("clocks.rules").exclude(pk=administrator.pk).first()
    for place, city in enumerate(cities):
        open_on_saturdays(city, today, administrator, second if place == 0 else None, at=at)
        set_day(
            unit=city,
            day=today + timedelta(days=10 + 7 * place),
            intervals=() if place % 2 else (MORNING,),
            reason="供电检修" if place % 2 else "城市马拉松，仅上午营业",
            by=administrator,
            at=at,
        )


def open_on_saturdays(
    city: "Unit", today: date, by: "Staff", second: "Staff | None", *, at: datetime
) -> None:
    """Propose a week with Saturdays, or a later afternoon; publish it if somebody else can."""
    if second is not None:
        hours = Hours(week=((MORNING, AFTERNOON),) * 5 + (SHORT, ()))
        reason = "周六营业厅值班"
    else:
        hours = Hours(ordinary=(MORNING, LATE), week=((MORNING, LATE),) * 5 + ((), ()))
        reason = "夏令作息"
    since = today if second else today + timedelta(days=30)
    row = propose_hours(unit=city, hours=hours, active_from=since, reason=reason, by=by, at=at)
    if second is not None:
        publish_hours(proposed=row, version=row.version, by=second, at=at)
