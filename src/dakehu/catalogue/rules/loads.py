"""What another version of a standard would cost: sessions a year, and promises that change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dakehu.catalogue.choices import CYCLE_MONTHS, Population
from dakehu.catalogue.values import Body, PromisedTime, Terms
from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.values import Standard

YEAR = 12
# Minutes of a working day by the default hours, for telling longer promises from shorter ones.
DAY_MINUTES = 450
WORKED_PER_HOUR = 60

Place = tuple[str, int]


@dataclass(frozen=True)
class PlaceCount:
    """So many customers of a population of a unit at a level."""

    unit: int
    scheme: str
    rank: int
    population: Population
    count: int


@dataclass(frozen=True)
class LoadLine:
    """What a unit has to do in a year at a level, before and after."""

    unit: int
    scheme: str
    rank: int
    customers: int
    before: int
    after: int

    @property
    def change(self) -> int:
        """How much more it is; less is negative."""
        return self.after - self.before


def yearly(terms: Terms | None) -> int:
    """Return how often a year terms owe something to one customer."""
    if terms is None or terms.frequency is None:
        return 0
    return terms.frequency.least * YEAR // CYCLE_MONTHS[terms.frequency.cycle]


def population_of(terms: Terms | None) -> Population:
    """Return whom the frequency of terms is about."""
    return terms.frequency.population if terms and terms.frequency else Population.ALL


def load_lines(old: Body, new: Body, counts: Iterable[PlaceCount]) -> list[LoadLine]:
    """Return what units have to do by level, where one of the versions owes something."""
    found: dict[tuple[int, str, int], list[int]] = {}
    for each in counts:
        was = old.standards.get(each.scheme, {}).get(each.rank)
        now = new.standards.get(each.scheme, {}).get(each.rank)
        line = found.setdefault((each.unit, each.scheme, each.rank), [0, 0, 0])
        if each.population == Population.ALL:
            line[0] += each.count
        if each.population == population_of(was):
            line[1] += each.count * yearly(was)
        if each.population == population_of(now):
            line[2] += each.count * yearly(now)
    return [LoadLine(*place, *line) for place, line in found.items() if line[1] or line[2]]


def nominal(standard: Standard) -> int:
    """Return roughly how many working minutes a standard allots, for comparing two of them."""
    if standard.unit in {TimeUnit.HOUR, TimeUnit.WORKING_HOUR}:
        return standard.amount * WORKED_PER_HOUR
    if standard.unit == TimeUnit.HALF_WORKING_DAY:
        return standard.amount * DAY_MINUTES // 2
    if standard.unit == TimeUnit.SAME_DAY:
        return DAY_MINUTES
    return (standard.amount + 1) * DAY_MINUTES


def longest(times: Iterable[PromisedTime]) -> dict[str, int]:
    """Return the nominal minutes promised, by kind of clock."""
    return {str(time.kind): min(map(nominal, time.standards)) for time in times}


def promise_changes(old: Body, new: Body, counts: Mapping[Place, int]) -> dict[str, int]:
    """Return how many customers get a shorter, longer, new or no promise; each counted once."""
    found = {"shorter": 0, "longer": 0, "new": 0, "gone": 0}
    for (scheme, rank), count in counts.items():
        was = longest(old.standards.get(scheme, {}).get(rank, Terms()).times)
        now = longest(new.standards.get(scheme, {}).get(rank, Terms()).times)
        if turn := turn_of(was, now):
            found[turn] += count
    return found


def turn_of(was: Mapping[str, int], now: Mapping[str, int]) -> str:
    """Return what becomes of the promises of a level; nothing if they stay as long as they are.

    Where one kind gets longer that counts, whatever another one does.
    """
    both = was.keys() & now.keys()
    if any(now[kind] > was[kind] for kind in both):
        return "longer"
    if was.keys() - now.keys():
        return "gone"
    if any(now[kind] < was[kind] for kind in both):
        return "shorter"
    return "new" if now.keys() - was.keys() else ""
