"""The workbench of somebody who leads a unit, or who watches it (工作台)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.alerts import queries as alerts
from dakehu.customers.choices import CardLevel
from dakehu.customers.queries import customers_visible_to
from dakehu.desk.pages.data_state import DataState, data_state
from dakehu.desk.pages.tiles import Tile, list_url
from dakehu.desk.pages.workbench import AlertLine, RuleBar, alert_lines, rule_bars, rule_url
from dakehu.exchange.queries.figures import figures_over, figures_side_by_side
from dakehu.people.queries import cities_within
from dakehu.tiering.queries import level_counts
from dakehu.ui import charts
from dakehu.worklist import queries as worklist

SHOWN = 8
LOADS_SHOWN = 12
TREND_DAYS = 30


@dataclass(frozen=True)
class Load:
    """One person's work: alerts that hold, those untouched, to-dos overdue, each with its list."""

    name: str
    going_on: int
    going_on_url: str
    untouched: int
    untouched_url: str
    overdue: int
    overdue_url: str
    percent: int


@dataclass(frozen=True)
class Ranked:
    """A city beside the others: alerts per thousand managed customers."""

    name: str
    url: str
    alerts: int
    managed: int
    per_thousand: float
    percent: int


@dataclass(frozen=True)
class SupervisorBench:
    """Everything on the workbench of a supervisor that is there at once."""

    data: DataState
    tiles: tuple[Tile, ...]
    unowned: tuple[AlertLine, ...]
    unowned_url: str
    loads: tuple[Load, ...]
    rules: tuple[RuleBar, ...]
    leavers: tuple[AlertLine, ...]
    leavers_url: str
    cities: tuple[Ranked, ...]
    may_assign: bool


@dataclass(frozen=True)
class Trends:
    """What is drawn after the page: alerts over time, and customers by card level."""

    alerts: charts.Option
    levels: charts.Option
    has_alerts: bool
    has_levels: bool


def supervisor_bench(actor: Any, *, at: datetime) -> SupervisorBench:
    """Gather the workbench of a supervisor or analyst."""
    today = localdate(at)
    data = data_state(actor)
    return SupervisorBench(
        data=data,
        tiles=supervisor_tiles(actor, today),
        unowned=alert_lines(alerts.unowned_alerts(actor)[:SHOWN]),
        unowned_url=list_url("alerts:list", active="true", owner="none"),
        loads=loads_of(actor, today),
        rules=rule_bars(actor),
        leavers=alert_lines(alerts.likely_leavers(actor)[:SHOWN]),
        leavers_url=rule_url("W10"),
        cities=ranking(actor, data.day),
        may_assign=actor.may("alerts.assign"),
    )


def supervisor_tiles(actor: Any, today: date) -> tuple[Tile, ...]:
    """Return the six figures of a unit."""
    newest = alerts.newest_day(actor)
    counts = alerts.alert_counts(actor, on=newest)
    todos = worklist.unit_counts(actor, on=today)
    day = f"{newest or today:%Y-%m-%d}"
    return (
        Tile(_("Nobody's alerts"), counts.unowned,
             list_url("alerts:list", active="true", owner="none"), "user-question", "danger"),
        Tile(_("Overdue to-dos"), todos.overdue,
             list_url("worklist:list", state="OPEN", due="overdue"), "clock-exclamation",
             "warning"),
        Tile(_("Open to-dos"), todos.open, list_url("worklist:list", state="OPEN"), "checklist"),
        Tile(_("Opened on the newest day"), counts.opened,
             list_url("alerts:list", opened_after=day, opened_before=day), "alarm-plus"),
        Tile(_("Alerts that hold"), counts.going_on, list_url("alerts:list", active="true"),
             "alarm"),
        Tile(_("Customers"), customers_visible_to(actor).order_by().count(),
             list_url("customers:list"), "users"),
    )  # fmt: skip


def loads_of(actor: Any, today: date) -> tuple[Load, ...]:
    """Return the people with the most alerts, and what of it is late."""
    overdue = worklist.overdue_by_owner(actor, on=today)
    counted = [owner for owner in alerts.counts_by_owner(actor) if owner.owner_id][:LOADS_SHOWN]
    most = max((owner.going_on for owner in counted), default=0)
    return tuple(load_of(owner, overdue.get(owner.owner_id, 0), most) for owner in counted)


def load_of(owner: Any, overdue: int, most: int) -> Load:
    """Return one person's load with the lists it counts."""
    whose = {"owner": str(owner.owner_id)}
    return Load(
        name=owner.name,
        going_on=owner.going_on,
        going_on_url=list_url("alerts:list", active="true", **whose),
        untouched=owner.untouched,
        untouched_url=list_url("alerts:list", active="true", state="NEW", **whose),
        overdue=overdue,
        overdue_url=list_url("worklist:list", state="OPEN", due="overdue", **whose),
        percent=100 * owner.going_on // most,
    )


def ranking(actor: Any, day: date | None) -> tuple[Ranked, ...]:
    """Return the cities within reach by alerts per thousand customers; none if only one."""
    within = list(cities_within(actor).values())
    if day is None or len(within) < 2:
        return ()
    figures = figures_side_by_side(actor, within, codes=("alerts", "managed"), day=day)
    shares = {
        city.pk: 1000 * found.get("alerts", 0) / max(found.get("managed", 0), 1)
        for city in within
        for found in (figures[city.pk],)
    }
    most = max(shares.values()) or 1
    return tuple(
        Ranked(
            name=city.name,
            url=list_url("alerts:list", active="true", unit=str(city.pk)),
            alerts=figures[city.pk].get("alerts", 0),
            managed=figures[city.pk].get("managed", 0),
            per_thousand=round(shares[city.pk], 1),
            percent=int(100 * shares[city.pk] / most),
        )
        for city in sorted(within, key=lambda city: -shares[city.pk])
    )


def trends(actor: Any) -> Trends:
    """Gather the charts of a supervisor's workbench."""
    day = data_state(actor).day
    counts = level_counts(actor)
    levels = {level: counts.get(level.value, 0) for level in reversed(CardLevel)}
    drawn = alert_trend(actor, day) if day else charts.lines([], {})
    return Trends(
        alerts=drawn,
        levels=level_ring(levels),
        has_alerts=day is not None,
        has_levels=any(levels.values()),
    )


def alert_trend(actor: Any, day: date) -> charts.Option:
    """Return the unit's alerts of the last days: opened and handled as bars, held as a line."""
    first = day - timedelta(days=TREND_DAYS - 1)
    codes = ("alerts_opened", "alerts_handled", "alerts")
    found = figures_over(actor, actor.unit, codes=codes, first=first, last=day)
    days = [first + timedelta(days=offset) for offset in range(TREND_DAYS)]
    series = {
        _("Newly opened"): found["alerts_opened"],
        _("Handled"): found["alerts_handled"],
        _("Hold"): found["alerts"],
    }
    return charts.lines(
        [f"{each:%m-%d}" for each in days],
        {name: [values.get(each) for each in days] for name, values in series.items()},
    )


def level_ring(levels: dict[CardLevel, int]) -> charts.Option:
    """Return customers by card level as a ring; each piece leads to its customers."""
    option = charts.ring({str(level.label): float(count) for level, count in levels.items()})
    for piece, level in zip(option["series"][0]["data"], levels, strict=True):
        piece["url"] = list_url("customers:list", level=str(level.value))
    return option
