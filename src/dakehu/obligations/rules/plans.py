"""When to do what is owed: spread over the period, by workload, and one district on one day."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from dakehu.obligations.values import Slot, Span

DAY = timedelta(days=1)
# A day on which one is in the district anyway outweighs one more thing to do on it.
TRAVEL = 3
MOST_A_DAY = 6


def slots_of(period: Span, since: date, *, times: int, place: int) -> list[Slot]:
    """Return as many stretches of equal length as something is owed, from a day on."""
    start = max(since, period.start)
    length = (period.end - start).days
    return [
        Slot(
            start + DAY * (length * number // times),
            max(start + DAY * (length * (number + 1) // times) - DAY, start),
            place,
        )
        for number in range(times)
    ]


def with_day_moved(
    planned: Sequence[date], *, done: int, was: date, day: date
) -> list[date] | None:
    """Return planned days with one to come moved; nothing if it is not among those."""
    past, coming = list(planned[:done]), list(planned[done:])
    if was not in coming:
        return None
    coming[coming.index(was)] = day
    return [*past, *sorted(coming)]


def festival_days(days_off: Collection[date]) -> set[date]:
    """Return the days around holidays on which nobody wants to be visited: a day on each side."""
    return {day + step for day in days_off for step in (-DAY, DAY)}


class Diary:
    """What one person has planned: how much on which day, and in which districts."""

    def __init__(self, workdays: Sequence[date], avoided: Collection[date] = ()) -> None:
        self.workdays = workdays
        self.avoided = avoided
        self.loads: Counter[date] = Counter()
        self.places: defaultdict[date, set[int]] = defaultdict(set)

    def note(self, day: date, place: int) -> None:
        """Take a day as planned."""
        self.loads[day] += 1
        self.places[day].add(place)

    def plan(self, slots: Iterable[Slot]) -> list[date]:
        """Return a day for every slot, and take them as planned."""
        found = []
        for slot in slots:
            day = self.best(slot)
            self.note(day, slot.place)
            found.append(day)
        return found

    def best(self, slot: Slot) -> date:
        """Return the best working day of a slot; its last day where none is worked."""
        days = [day for day in self.workdays if slot.first <= day <= slot.last]
        free = [day for day in days if day not in self.avoided] or days
        if not free:
            return slot.last
        middle = slot.first + (slot.last - slot.first) / 2
        return min(free, key=lambda day: (self.cost(day, slot.place), abs((day - middle).days)))

    def cost(self, day: date, place: int) -> int:
        """Return how little a day suits: what is on it, less where one is there anyway."""
        load = self.loads[day]
        bonus = TRAVEL if place in self.places[day] and load < MOST_A_DAY else 0
        return load - bonus
