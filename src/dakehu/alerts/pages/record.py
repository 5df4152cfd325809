"""What the page of the record shows: which warnings are worth it, and which are noise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from dakehu.alerts.choices import OUTCOME_TONES, Outcome, Rule
from dakehu.alerts.pages.alerts import RIGHT, Badge, verdict_of
from dakehu.alerts.queries.record import (
    Period,
    opened_by_rule,
    outcomes_by,
    outcomes_by_week,
    unit_names,
)
from dakehu.alerts.rules.duties import OCCASIONS
from dakehu.ui import charts

UNIT = "alert__unit"


@dataclass(frozen=True)
class OutcomeCell:
    """How many contacts ended so, and the list of them."""

    count: int
    percent: int
    url: str


@dataclass(frozen=True)
class RecordLine:
    """What came of the contacts on one warning, or in one unit."""

    code: str
    words: str
    opened: int | None
    opened_url: str
    contacts: int
    contacts_url: str
    cells: tuple[OutcomeCell, ...]
    precision: int | None
    verdict: Badge | None


@dataclass(frozen=True)
class RecordPage:
    """The record of a period within the actor's reach."""

    period: Period
    rule: str
    rules: tuple[tuple[str, str], ...]
    outcomes: tuple[Badge, ...]
    lines: tuple[RecordLine, ...]
    units: tuple[RecordLine, ...]
    weeks: charts.Option
    total: int


def record_page(actor: Any, period: Period, *, rule: str) -> RecordPage:
    """Gather the record; every figure is a link to the very list that it counts."""
    by_rule = outcomes_by(actor, period, "alert__rule")
    opened = opened_by_rule(actor, period)
    by_unit = outcomes_by(actor, period, UNIT, rule=rule)
    names = unit_names(actor, period)
    lines = tuple(
        rule_line(each, by_rule.get(each, {}), opened.get(each, 0), period) for each in Rule.values
    )
    return RecordPage(
        period=period,
        rule=rule,
        rules=tuple((code, f"{code} {label}") for code, label in Rule.choices),
        outcomes=tuple(Badge(str(each.label), OUTCOME_TONES[each]) for each in Outcome),
        lines=lines,
        units=tuple(
            unit_line(unit, names.get(unit, ""), counts, period, rule)
            for unit, counts in sorted(by_unit.items(), key=lambda pair: -sum(pair[1].values()))
        ),
        weeks=week_chart(outcomes_by_week(actor, period, rule=rule)),
        total=sum(line.contacts for line in lines),
    )


def rule_line(rule: str, counts: Mapping[str, int], opened: int, period: Period) -> RecordLine:
    """Return the record of one warning."""
    days = {"opened_after": f"{period.first}", "opened_before": f"{period.last}"}
    is_occasion = rule in OCCASIONS
    return RecordLine(
        code=rule,
        words=str(Rule(rule).label),
        opened=opened,
        opened_url=address("alerts:list", rule=rule, **days),
        contacts=sum(counts.values()),
        contacts_url=contacts_url(period, rule=rule),
        cells=cells_of(counts, period, rule=rule),
        precision=None if is_occasion else precision_of(counts),
        verdict=None if is_occasion else verdict_of(counts),
    )


def unit_line(
    unit: int, name: str, counts: Mapping[str, int], period: Period, rule: str
) -> RecordLine:
    """Return the record of one unit itself."""
    filters = {"own_unit": str(unit), **({"rule": rule} if rule else {})}
    return RecordLine(
        code="",
        words=name,
        opened=None,
        opened_url="",
        contacts=sum(counts.values()),
        contacts_url=contacts_url(period, **filters),
        cells=cells_of(counts, period, **filters),
        precision=precision_of(counts),
        verdict=None,
    )


def cells_of(counts: Mapping[str, int], period: Period, **filters: str) -> tuple[OutcomeCell, ...]:
    """Return the counts of all outcomes with their lists."""
    whole = sum(counts.values())
    return tuple(
        OutcomeCell(
            count=counts.get(outcome, 0),
            percent=100 * counts.get(outcome, 0) // whole if whole else 0,
            url=contacts_url(period, outcome=outcome, **filters),
        )
        for outcome in Outcome.values
    )


def precision_of(counts: Mapping[str, int]) -> int | None:
    """Return the share of judged contacts that were right, in per mille."""
    right = sum(counts.get(outcome, 0) for outcome in RIGHT)
    judged = right + counts.get(Outcome.FALSE_ALARM, 0)
    return 1000 * right // judged if judged else None


def contacts_url(period: Period, **filters: str) -> str:
    """Return the list of the contacts of a period."""
    days = {"days_after": f"{period.first}", "days_before": f"{period.last}"}
    return address("alerts:contacts", **days, **filters)


def address(name: str, **filters: str) -> str:
    """Return the address of a list with filters."""
    return f"{reverse(name)}?{urlencode(filters)}"


def week_chart(weeks: Mapping[date, Mapping[str, int]]) -> charts.Option:
    """Return the outcomes of each week as parts of a bar."""
    series = {
        str(Outcome(outcome).label): [float(counts[outcome]) for counts in weeks.values()]
        for outcome in Outcome.values
    }
    return charts.bars([f"{week:%m-%d}" for week in weeks], series, stacked=True)


def period_named(first: date | None, last: date | None, *, at: datetime) -> Period:
    """Return the period that an address names; else the last ninety days."""
    today = localdate(at)
    end = last or today
    begin = first or date.fromordinal(end.toordinal() - 89)
    return Period(min(begin, end), max(begin, end))
