"""What a customer used, day by day, with the alerts it raised (V1, W13)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dakehu.alerts import queries as alerts
from dakehu.alerts.choices import Rule
from dakehu.alerts.values import WarningNumbers
from dakehu.customers.choices import CustomerKind
from dakehu.exchange.queries.facts import live_partitions, newest_usage_day
from dakehu.facts.engine import EngineLimits
from dakehu.facts.history import History, UsageDay
from dakehu.facts.store import FactStore
from dakehu.ui import charts

DAYS_SHOWN = 60
FACT_DAYS = 45
KB_PER_MB = 1024
# A screen asks for a few rows; the night may have the rest of the machine.
SCREEN_MEMORY = "256MB"

SERIES = {
    Rule.W01: "hotline",
    Rule.W03: "recharge",
    Rule.W04: "voice",
    Rule.W05M: "voice",
    Rule.W05Y: "voice",
    Rule.W06: "voice",
    Rule.W09: "calls",
    Rule.W10: "voice",
    Rule.W11: "balance",
}
"""Which course of the facts belongs to a warning; the others rest on no daily figure."""

COMPARED = frozenset({Rule.W04, Rule.W06, Rule.W10})
"""Warnings that hold the last days against the days before."""


@dataclass(frozen=True)
class UsagePanel:
    """The chart of a customer's page; ``day`` is the newest data day, None before the first."""

    day: date | None
    usage: charts.Option
    has_usage: bool


@dataclass(frozen=True)
class FactsPanel:
    """The course of the facts behind one alert; nothing where the warning rests on no figure."""

    title: str
    option: charts.Option
    has_facts: bool


def usage_panel(actor: Any, customer: Any) -> UsagePanel:
    """Gather the chart of a customer whom the actor may see."""
    day = newest_usage_day()
    days = usage_of(customer, day) if day else []
    marks = [alert.opened_day for alert in alerts.alerts_of_customer(actor, customer.pk)]
    return UsagePanel(
        day=day,
        usage=usage_chart(days, marks),
        has_usage=any(one.status is not None for one in days),
    )


def usage_of(customer: Any, day: date, count: int = DAYS_SHOWN) -> list[UsageDay]:
    """Return an individual's days up to ``day``, oldest first; groups use nothing themselves."""
    if customer.kind != CustomerKind.INDIVIDUAL:
        return []
    first = day - timedelta(days=count - 1)
    partitions = live_partitions(["usage"], first=first, last=day, city=customer.city_code)
    limits = EngineLimits(settings.HOME / "work", memory=SCREEN_MEMORY, threads=1)
    history = History(FactStore(settings.HOME), limits)
    return history.days(
        partitions, sub_id=customer.number, city=customer.city_code, day=day, count=count
    )


def usage_chart(days: list[UsageDay], marks: list[date]) -> charts.Option:
    """Return voice and data by day, with the days on which alerts began marked."""
    labels = [f"{one.day:%m-%d}" for one in days]
    voice = [minutes_of(one) for one in days]
    data = [round(one.data_kb / KB_PER_MB, 1) if one.is_delivered else None for one in days]
    option = charts.lines(labels, {_("Voice (minutes)"): voice, _("Data (MB)"): data})
    option["yAxis"] = [
        {"type": "value", "name": _("minutes")},
        {"type": "value", "name": "MB", "splitLine": {"show": False}},
    ]
    option["series"][1]["yAxisIndex"] = 1
    shown = {one.day for one in days}
    option["series"][0]["markLine"] = alert_marks([mark for mark in marks if mark in shown])
    return option


def alert_marks(marks: list[date]) -> charts.Option:
    """Return upright lines on the days on which alerts began."""
    return {
        "symbol": ["none", "pin"],
        "symbolSize": 14,
        "label": {"show": False},
        "lineStyle": {"type": "dashed", "color": charts.WARNING},
        "itemStyle": {"color": charts.WARNING},
        "data": [{"xAxis": f"{mark:%m-%d}", "name": _("Alert")} for mark in sorted(set(marks))],
    }


def minutes_of(one: UsageDay) -> float | None:
    """Return a day's voice in minutes; a gap where the city has not delivered."""
    return round(one.voice_s / 60, 1) if one.is_delivered else None


def facts_panel(alert: Any) -> FactsPanel:
    """Gather the course of the facts behind an alert that the actor may open."""
    series = SERIES.get(Rule(alert.rule), "")
    days = usage_of(alert.customer, alert.last_day, FACT_DAYS) if series else []
    title, values = course_of(series, days)
    option = charts.lines([f"{one.day:%m-%d}" for one in days], {title: values})
    if alert.rule in COMPARED and days:
        option["series"][0]["markArea"] = windows(days)
    return FactsPanel(title, option, any(value is not None for value in values))


def course_of(series: str, days: list[UsageDay]) -> tuple[str, list[float | None]]:
    """Return the words and the values of one course of facts."""
    if series == "hotline":
        return _("Calls to the hotline"), [count(one, one.hotline_calls) for one in days]
    if series == "recharge":
        return _("Paid (yuan)"), [count(one, one.recharge_fen / 100) for one in days]
    if series == "calls":
        return _("Calls"), [count(one, one.calls) for one in days]
    if series == "balance":
        known = ((one.balance_fen, one) for one in days)
        return _("Balance (yuan)"), [None if fen is None else fen / 100 for fen, _day in known]
    return _("Voice (minutes)"), [minutes_of(one) for one in days]


def count(one: UsageDay, value: float) -> float | None:
    """Return a day's value; a gap where the city has not delivered."""
    return value if one.is_delivered else None


def windows(days: list[UsageDay]) -> charts.Option:
    """Return the two stretches that a warning compares, as shaded areas with their names."""
    numbers = WarningNumbers()
    recent = days[-numbers.recent_days :]
    earlier = days[-numbers.recent_days - numbers.earlier_days : -numbers.recent_days]
    return {
        "silent": True,
        "label": {"color": charts.QUIET_INK, "fontSize": 11},
        "data": [
            area(_("Before"), earlier, charts.QUIET),
            area(_("Last days"), recent, charts.WARNING),
        ],
    }


def area(name: str, days: list[UsageDay], colour: str) -> list[charts.Option]:
    """Return one shaded stretch."""
    style = {"color": colour, "opacity": 0.14}
    return [
        {"name": name, "xAxis": f"{days[0].day:%m-%d}", "itemStyle": style},
        {"xAxis": f"{days[-1].day:%m-%d}"},
    ]


def sparks(alert: Any, days: list[UsageDay]) -> list[float | None]:
    """Return the values of a small line beside an alert; none where it rests on no figure."""
    series = SERIES.get(Rule(alert.rule), "")
    return course_of(series, days)[1] if series else []
