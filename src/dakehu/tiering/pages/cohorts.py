"""What the page of a cohort shows: its rate, what became of members, where, over time (S4)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.customers.choices import CardLevel
from dakehu.people.choices import UnitKind
from dakehu.people.queries import units_within
from dakehu.tiering.choices import MEMBER_TONES, MemberState
from dakehu.tiering.policies import FREEZE
from dakehu.tiering.queries import cohorts as queries
from dakehu.tiering.queries.bars import bar_words
from dakehu.tiering.queries.simulations import managers_seen
from dakehu.tiering.rules.cohorts import Retention, retention_of
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Cohort

MANAGERS_SHOWN = 50
MOST_COMPARED = 4
"""Beside one: five lines in a chart are as many as can be told apart."""
COLORS = (charts.GOOD, charts.WARNING, charts.QUIET, charts.BAD)


@dataclass(frozen=True)
class Figure:
    """How many members are in a state, and the very list."""

    state: str
    label: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """One unit, manager or level: its members by state and its rate."""

    name: str
    figures: tuple[Figure, ...]
    members: int
    url: str
    percent: float | None


@dataclass(frozen=True)
class Other:
    """A cohort beside this one: its rate at the same age, and by how many points this is above."""

    cohort: "Cohort"
    url: str
    members: int
    age: int
    percent: float | None
    points: float | None


@dataclass(frozen=True)
class CohortPage:
    """One cohort on one day, as far as somebody sees its members."""

    cohort: "Cohort"
    bar: str
    day: date | None
    days: tuple[date, ...]
    retention: Retention
    may_freeze: bool = False
    members_url: str = ""
    figures: tuple[Figure, ...] = ()
    trend: Any = None
    states: Any = None
    parts: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    others: tuple[Other, ...] = ()
    choices: "tuple[tuple[Cohort, bool], ...]" = ()

    @property
    def is_busy(self) -> bool:
        """Whether background work is on its way with it."""
        return bool(self.cohort.work.is_busy)

    @property
    def percent(self) -> int:
        """How much of the background work is done."""
        work = self.cohort.work
        return int(work.done * 100 // work.total) if work.total else 0


def cohort_page(
    actor: "Staff", cohort: "Cohort", *, day: date | None, others: Iterable[int]
) -> CohortPage:
    """Gather a cohort as of a followed day, the newest one unless another is named."""
    counts = queries.retention_days(actor, cohort)
    days = tuple(counts)
    if not days:
        nothing = Retention(0, 0)
        return CohortPage(cohort, bar_words(cohort.bar), None, (), nothing, actor.may(FREEZE))
    chosen = max((each for each in days if day is None or each <= day), default=days[0])
    shown = Shown(actor, cohort, chosen)
    known = [each for each in queries.cohorts_known(actor).order_by("-day") if each != cohort]
    wanted = set(others)
    beside = [each for each in known if each.pk in wanted][:MOST_COMPARED]
    compared = {each: queries.retention_days(actor, each) for each in beside}
    return CohortPage(
        cohort=cohort,
        bar=bar_words(cohort.bar),
        day=chosen,
        days=days,
        retention=retention_of(counts[chosen], at_bar=cohort.at_bar),
        may_freeze=actor.may(FREEZE),
        members_url=shown.url(),
        figures=shown.figures(counts[chosen]),
        trend=trend_of({cohort: counts, **compared}),
        states=states_of(counts),
        parts=shown.parts(),
        others=tuple(other_of(cohort, counts, chosen, *each) for each in compared.items()),
        choices=tuple((each, each.pk in wanted) for each in known),
    )


class Shown:
    """The members of a cohort on one day, taken apart."""

    def __init__(self, actor: "Staff", cohort: "Cohort", day: date) -> None:
        self.actor, self.cohort, self.day = actor, cohort, day

    def url(self, **narrowed: Any) -> str:
        """Return the list of members on the day, narrowed."""
        query = {"cohort": self.cohort.pk, "day": self.day.isoformat(), **narrowed}
        return f"{reverse('tiering:member_list')}?{urlencode(query)}"

    def figures(self, counts: Mapping[str, int], **narrowed: Any) -> tuple[Figure, ...]:
        """Return the members by state, each with its list."""
        return tuple(
            Figure(
                state.value,
                str(state.label),
                MEMBER_TONES[state],
                counts.get(state, 0),
                self.url(state=state.value, **narrowed),
            )
            for state in MemberState
        )

    def row(self, name: str, counts: Mapping[str, int], **narrowed: Any) -> Row:
        """Return one line of a decomposition."""
        retention = retention_of(counts, at_bar=self.cohort.at_bar)
        return Row(
            name,
            self.figures(counts, **narrowed),
            retention.members,
            self.url(**narrowed),
            retention.percent,
        )

    def parts(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Return the members by city, manager and level."""
        found = queries.parts_on(self.actor, self.cohort, self.day)
        by_manager = summed(((manager,), state, n) for _u, manager, _l, state, n in found)
        by_level = summed(((level,), state, n) for _u, _m, level, state, n in found)
        return (
            (_("By city"), self.city_rows(found)),
            (_("By manager"), self.manager_rows(by_manager)),
            (_("By level when frozen"), self.level_rows(by_level)),
        )

    def city_rows(self, found: list[queries.Part]) -> tuple[Row, ...]:
        """Return the cities, or the districts of somebody who sees one city only."""
        units = list(units_within(self.actor))
        cities = [unit for unit in units if unit.kind == UnitKind.CITY]
        tops = cities if len(cities) > 1 else [u for u in units if u.kind == UnitKind.DISTRICT]
        by_number = {unit.pk: unit.path for unit in units}
        rows = []
        for top in tops:
            counts: Counter[str] = Counter()
            for unit, _m, _l, state, n in found:
                if by_number.get(unit, "").startswith(top.path):
                    counts[state] += n
            if counts:
                rows.append(self.row(str(top), counts, unit=top.pk))
        return tuple(rows)

    def manager_rows(self, found: Mapping[Any, Counter[str]]) -> tuple[Row, ...]:
        """Return the managers, those who lost the most first."""
        seen = managers_seen(self.actor, found)
        rows = [
            self.row(seen[manager] if manager else _("Nobody"), counts, manager=manager or "none")
            for manager, counts in found.items()
            if manager is None or manager in seen
        ]
        rows.sort(key=lambda row: (row.figures[0].count - row.members, row.name))
        return tuple(rows[:MANAGERS_SHOWN])

    def level_rows(self, found: Mapping[Any, Counter[str]]) -> tuple[Row, ...]:
        """Return the card levels on the day of freezing, the best first."""
        return tuple(
            self.row(str(CardLevel(rank).label), found[rank], level=rank)
            for rank in sorted((r for r in found if r in CardLevel.values), reverse=True)
        )


def summed(parts: Iterable[tuple[Any, str, int]]) -> dict[Any, Counter[str]]:
    """Add members up by a key and their state."""
    found: dict[Any, Counter[str]] = defaultdict(Counter)
    for (key,), state, count in parts:
        found[key][state] += count
    return found


def rates_of(cohort: "Cohort", counts: Mapping[date, Mapping[str, int]]) -> dict[int, Retention]:
    """Return the rates of a cohort by its age in days."""
    return {
        (day - cohort.day).days: retention_of(told, at_bar=cohort.at_bar)
        for day, told in counts.items()
    }


def trend_of(compared: "Mapping[Cohort, Mapping[date, Mapping[str, int]]]") -> charts.Option:
    """Return the rates over the days since freezing, a line for each cohort."""
    rates = {cohort: rates_of(cohort, counts) for cohort, counts in compared.items()}
    ages = sorted({age for found in rates.values() for age in found})
    series = {
        str(cohort): [found[age].percent if age in found else None for age in ages]
        for cohort, found in rates.items()
    }
    option = charts.lines([str(age) for age in ages], series, unit="%")
    option["xAxis"]["name"] = _("days since frozen")
    option["xAxis"]["nameLocation"] = "middle"
    option["xAxis"]["nameGap"] = 26
    option["grid"]["bottom"] = 24
    option["legend"]["type"] = "scroll"
    option["yAxis"]["scale"] = True
    for line in option["series"]:
        line |= {"connectNulls": True, "smooth": False, "showSymbol": len(ages) < 3}
    return option


def states_of(counts: Mapping[date, Mapping[str, int]]) -> charts.Option:
    """Return the members by state over time, as stacked bars."""
    labels = [f"{day:%m-%d}" for day in counts]
    series = {
        str(state.label): [float(told.get(state, 0)) for told in counts.values()]
        for state in MemberState
    }
    return {**charts.bars(labels, series, stacked=True), "color": list(COLORS)}


def other_of(
    cohort: "Cohort",
    counts: Mapping[date, Mapping[str, int]],
    day: date,
    other: "Cohort",
    told: Mapping[date, Mapping[str, int]],
) -> Other:
    """Compare a cohort with another one at the age nearest to its own on the day."""
    age = (day - cohort.day).days
    rates = rates_of(other, told)
    nearest = min(rates, key=lambda each: (abs(each - age), each), default=0)
    rate = rates.get(nearest, Retention(0, 0))
    own = retention_of(counts[day], at_bar=cohort.at_bar)
    return Other(
        other,
        reverse("tiering:cohort", args=[other.pk]),
        rate.members,
        nearest,
        rate.percent,
        own.points_over(rate),
    )
