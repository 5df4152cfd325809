"""What the levels of a scheme look like: customers, who meets each condition, averages (T7)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.queries.averages import averages_by_level
from dakehu.tiering.queries.judging import matching
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.wording import name_of, value_words
from dakehu.tiering.values import Body, TierRules

if TYPE_CHECKING:
    from dakehu.tiering.models import Measure, Scheme


@dataclass(frozen=True)
class LevelLook:
    """One level: who meets its condition (None for the rest), who stands there, averages."""

    name: str
    met: int | None
    count: int
    averages: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """The levels that rules give as of a data day, from the top."""

    day: date
    total: int
    measures: tuple[str, ...]
    levels: tuple[LevelLook, ...]

    @property
    def has_conditions(self) -> bool:
        """Whether it is told who meets each condition."""
        return any(each.met is not None for each in self.levels)


def look_of(scheme: "Scheme", body: Body, *, is_draft: bool = False) -> Look | None:
    """
    Judge everybody by rules and describe the levels; nothing before there are facts.

    Of a draft it is told as well how many meet each condition, and what was decided before does
    not count.
    """
    day = newest_day()
    if day is None:
        return None
    found = averages_by_level(scheme, body, day=day, with_prior=not is_draft)
    met = conditions_met(scheme, body, day) if is_draft else {}
    blank = (None,) * len(found.measures)
    return Look(
        day=day,
        total=found.customers,
        measures=tuple(map(name_of, found.measures)),
        levels=tuple(
            LevelLook(
                name=name_of(level),
                met=met.get(rank),
                count=found.counts.get(rank, 0),
                averages=tuple(
                    average_words(measure, value)
                    for measure, value in zip(
                        found.measures, found.by_rank.get(rank, blank), strict=True
                    )
                ),
            )
            for rank, level in level_names(scheme).items()
        ),
    )


def conditions_met(scheme: "Scheme", body: Body, day: date) -> dict[int, int]:
    """Return how many customers meet the condition of each level, by rank."""
    if not isinstance(body, TierRules):
        return {}
    conditions = {str(each.rank): each.when for each in body.levels if each.when is not None}
    _total, met = matching(scheme, conditions, day=day)
    return {int(rank): count for rank, count in met.items()}


def average_words(measure: "Measure", value: float | None) -> str:
    """Return an average with its unit: amounts in whole yuan, counts with one decimal."""
    if value is None:
        return "–"
    if measure.unit == MeasureUnit.FEN:
        return value_words(measure, round(value / 100) * 100).replace(".00", "")
    if measure.unit == MeasureUnit.COUNT and value < 100:
        return f"{value:.1f}"
    return value_words(measure, round(value))
