"""
What became of the members of a snapshot cohort, and how many of them were retained (T17, S4).

A member has left if no file tells of it any more, the city pre-deregistered it, or it went into
the archive; it is suspended while it is stopped or reported lost; else the bar decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dakehu.rulekit.expressions import Choose, Input, Literal, Number, any_of
from dakehu.tiering.choices import STATE_NUMBERS, MemberState
from dakehu.tiering.rules.compiling import Compiler, words_in
from dakehu.tiering.values import Condition

STATUS = "sub_status"
AWAY = "is_away"
SUSPENDED_AS = (1, 3)
LEFT_AS = 4
BASIS = 10_000
PERCENT = 100


def number_of(state: MemberState) -> Literal:
    """Return the number of a state."""
    return Literal(STATE_NUMBERS.index(state))


def state_number(bar: Condition) -> Number:
    """Return the state of a member as an expression over its measures and :data:`AWAY`."""
    status = Input(STATUS)
    has_left = any_of(Input(AWAY).equals(1), ~status.is_known(), status.equals(LEFT_AS))
    meets = Compiler(words_in([bar])).predicate(bar)
    return Choose(
        (
            (has_left, number_of(MemberState.LEFT)),
            (status.is_in(SUSPENDED_AS), number_of(MemberState.SUSPENDED)),
            (meets, number_of(MemberState.KEPT)),
        ),
        number_of(MemberState.BELOW),
    )


@dataclass(frozen=True)
class Retention:
    """How many members there are, and how many of them were retained."""

    retained: int
    members: int

    @property
    def percent(self) -> float | None:
        """The rate in per cent, rounded to hundredths; nothing without members."""
        if not self.members:
            return None
        return round(self.retained * PERCENT / self.members, 2)

    def points_over(self, other: "Retention") -> float | None:
        """How many percentage points this rate is above another, rounded once to hundredths."""
        if not self.members or not other.members:
            return None
        top = self.retained * other.members - other.retained * self.members
        return round(top * PERCENT / (self.members * other.members), 2)


def retention_of(counts: Mapping[str, int], *, at_bar: bool) -> Retention:
    """Return the retention of members counted by state; without ``at_bar`` all active count."""
    retained = counts.get(MemberState.KEPT, 0)
    if not at_bar:
        retained += counts.get(MemberState.BELOW, 0)
    return Retention(retained, sum(counts.values()))


Flow = tuple[date, str, int]
"""On which day how many members entered, or left, a state."""


def counts_by_day(
    entered: Iterable[Flow], left: Iterable[Flow], days: Sequence[date]
) -> dict[date, Counter[str]]:
    """Return the members by state on each of some days, in order, from who entered and left."""
    steps = [(day, state, count) for day, state, count in entered]
    steps += [(day, state, -count) for day, state, count in left]
    steps.sort(key=lambda step: step[0])
    found: dict[date, Counter[str]] = {}
    running: Counter[str] = Counter()
    place = 0
    for day in sorted(days):
        while place < len(steps) and steps[place][0] <= day:
            running[steps[place][1]] += steps[place][2]
            place += 1
        found[day] = Counter({state: n for state, n in running.items() if n})
    return found


def days_to_follow(first: date, last: date, *, every: int) -> list[date]:
    """Return every n-th day after the first one, and the last."""
    ordinals = range(first.toordinal() + every, last.toordinal(), every)
    days = [date.fromordinal(each) for each in ordinals]
    return [*days, last] if last > first else []
