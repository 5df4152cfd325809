"""What the page of the record shows: which warnings are worth it, and which are noise."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.alerts.choices import OUTCOME_TONES, Outcome, Rule
from dakehu.alerts.pages.alerts import RIGHT, Badge, verdict_of
from dakehu.alerts.queries.record import (
    Period,
    opened_by_day,
    opened_by_rule,
    outcomes_by,
    outcomes_by_week,
    units_acted_on,
)
from dakehu.alerts.rules.duties import OCCASIONS
from dakehu.people.queries import cities_within, staff_visible_to
from dakehu.ui import charts

UNIT = "alert__unit"
PEOPLE_SHOWN = 50
MOST_DAYS = 366
"""A calendar shows the last of a longer period."""


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
    cities: tuple[RecordLine, ...]
    units: tuple[RecordLine, ...]
    people: tuple[RecordLine, ...]
    more_people: int
    days: charts.Option | None
    weeks: charts.Option
    total: int


def record_page(actor: Any, period: Period, *, rule: str) -> RecordPage:
    """Gather the record; every figure is a link to the very list that it counts."""
    by_rule = outcomes_by(actor, period, "alert__rule")
    opened = opened_by_rule(actor, period)
    by_unit = outcomes_by(actor, period, UNIT, rule=rule)
    units = units_acted_on(actor, period)
    people = people_lines(actor, outcomes_by(actor, period, "by", rule=rule), period, rule)
    lines = tuple(
        rule_line(each, by_rule.get(each, {}), opened.get(each, 0), period) for each in Rule.values
    )
    return RecordPage(
        period=period,
        rule=rule,
        rules=tuple((code, f"{code} {label}") for code, label in Rule.choices),
        outcomes=tuple(Badge(str(each.label), OUTCOME_TONES[each]) for each in Outcome),
        lines=lines,
        cities=city_lines(actor, by_unit, units, period, rule),
        units=most_first(
            place_line(units[unit][0], counts, period, own_unit=str(unit), rule=rule)
            for unit, counts in by_unit.items()
        ),
        people=people[:PEOPLE_SHOWN],
        more_people=max(0, len(people) - PEOPLE_SHOWN),
        days=day_chart(opened_by_day(actor, period, rule=rule), period, rule),
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


def city_lines(
    actor: Any,
    by_unit: Mapping[int, Mapping[str, int]],
    units: Mapping[int, tuple[str, str]],
    period: Period,
    rule: str,
) -> tuple[RecordLine, ...]:
    """Return the record of each city with all below it; nothing for who sees one city only."""
    cities = list(cities_within(actor).values())
    if len(cities) < 2:
        return ()
    lines = []
    for city in cities:
        counts: Counter[str] = Counter()
        for unit, found in by_unit.items():
            if city.path and units[unit][1].startswith(city.path):
                counts.update(found)
        lines.append(place_line(str(city), counts, period, unit=str(city.pk), rule=rule))
    return most_first(lines)


def people_lines(
    actor: Any, by_person: Mapping[int, Mapping[str, int]], period: Period, rule: str
) -> tuple[RecordLine, ...]:
    """Return the record of each person; of those out of reach one line together."""
    seen = {each.pk: str(each) for each in staff_visible_to(actor).filter(pk__in=by_person)}
    lines = [
        place_line(seen[person], counts, period, by=str(person), rule=rule)
        for person, counts in by_person.items()
        if person in seen
    ]
    others: Counter[str] = Counter()
    for person, counts in by_person.items():
        if person not in seen:
            others.update(counts)
    if others:
        lines.append(place_line(_("Somebody out of reach"), others, period))
    return most_first(lines)


def most_first(lines: Iterable[RecordLine]) -> tuple[RecordLine, ...]:
    """Return lines in order, those with the most contacts first."""
    return tuple(sorted(lines, key=lambda line: (-line.contacts, line.words)))


def place_line(name: str, counts: Mapping[str, int], period: Period, **named: str) -> RecordLine:
    """Return the record of a city, a unit itself or a person; without filters it has no lists."""
    filters = {key: value for key, value in named.items() if value}
    return RecordLine(
        code="",
        words=name,
        opened=None,
        opened_url="",
        contacts=sum(counts.values()),
        contacts_url=contacts_url(period, **filters) if named else "",
        cells=cells_of(counts, period, **filters) if named else cells_without_lists(counts),
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


def cells_without_lists(counts: Mapping[str, int]) -> tuple[OutcomeCell, ...]:
    """Return the counts of all outcomes of contacts that are out of reach."""
    whole = sum(counts.values())
    return tuple(
        OutcomeCell(counts.get(each, 0), 100 * counts.get(each, 0) // whole, "")
        for each in Outcome.values
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


def day_chart(opened: Mapping[date, int], period: Period, rule: str) -> charts.Option | None:
    """Return a calendar of how many alerts began on each day; a day leads to its list."""
    if not opened:
        return None
    start = max(period.first, period.last - timedelta(days=MOST_DAYS - 1))
    filters = {"rule": rule} if rule else {}
    urls = {
        day: address("alerts:list", opened_after=f"{day}", opened_before=f"{day}", **filters)
        for day in opened
    }
    return charts.calendar(
        opened,
        start=start,
        end=period.last,
        pieces=charts.shades(max(opened.values())),
        urls=urls,
    )


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
