"""What the pages of schemes and of the versions of their rules show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.people.queries import cities
from dakehu.tiering.choices import (
    PLACE_TONES,
    TURN_NUMBERS,
    RulePlace,
    RuleState,
    Turn,
)
from dakehu.tiering.queries import measures as measure_queries
from dakehu.tiering.queries import moves as move_queries
from dakehu.tiering.queries import schemes as queries
from dakehu.tiering.queries.card_words import card_number_words
from dakehu.tiering.queries.judging import judged
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.trees import Node, node_of
from dakehu.tiering.queries.wording import (
    CARD_LABELS,
    city_words,
    condition_words,
    grace_words,
    name_of,
    problem_words,
    purpose_of,
)
from dakehu.tiering.rules.bodies import condition_to_data
from dakehu.tiering.rules.checks import problems_with
from dakehu.tiering.rules.compiling import leaves_of
from dakehu.tiering.rules.localizing import cities_of, limits_in, names_cities
from dakehu.tiering.values import Body, CardNumbers, Condition, TierRules

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Evaluation, Level, RuleSet, Scheme

MANY_PERCENT = 20
"""Rules that move more customers than this are asked about once more."""


@dataclass(frozen=True)
class LevelLine:
    """One level: its names, how many stand at it, and the share of all."""

    level: "Level"
    name: str
    count: int
    percent: int


@dataclass(frozen=True)
class SchemeLine:
    """One scheme in the list: its levels, the version in force, the last evaluation."""

    scheme: "Scheme"
    name: str
    levels: tuple[LevelLine, ...]
    total: int
    version: "RuleSet | None"
    waiting: "RuleSet | None"
    evaluation: "Evaluation | None"


@dataclass(frozen=True)
class VersionLine:
    """One version of the rules and where it stands."""

    rule_set: "RuleSet"
    place: RulePlace
    tone: str


@dataclass(frozen=True)
class RuleLine:
    """One level of a version: its condition as a tree; nothing for the rest."""

    rank: int
    name: str
    purpose: str
    node: Node | None


@dataclass(frozen=True)
class Impact:
    """What rules would do as of the newest data day: counts by level, and who moves."""

    day: date
    customers: int
    levels: tuple[tuple[str, int, int], ...]
    moved: int
    percent: int

    @property
    def is_large(self) -> bool:
        """Whether so many move that the proposer is asked again."""
        return self.percent > MANY_PERCENT


@dataclass(frozen=True)
class CityLine:
    """One city that has limits of its own, and how many."""

    code: str
    name: str
    limits: int


@dataclass(frozen=True)
class VersionPage:
    """One version of the rules: in words, its faults, and where it stands."""

    scheme: "Scheme"
    rule_set: "RuleSet"
    place: RulePlace
    tone: str
    rules: tuple[RuleLine, ...]
    grace: tuple[str, ...]
    period: str
    numbers: tuple[tuple[str, str], ...]
    to_confirm: int
    problems: tuple[str, ...] = field(default=())
    cities: tuple[CityLine, ...] = ()


def scheme_lines(actor: "Staff", *, on: date) -> list[SchemeLine]:
    """Gather all schemes with how many of the actor's customers stand at each level (T24)."""
    return [scheme_line(actor, each, on=on) for each in queries.schemes_known()]


def scheme_line(actor: "Staff", scheme: "Scheme", *, on: date) -> SchemeLine:
    """Gather one scheme."""
    counts = move_queries.standing_counts(actor, scheme, on=on)
    total = sum(counts.values())
    versions = list(queries.versions_of(scheme))
    waiting = (each for each in versions if each.state in {RuleState.DRAFT, RuleState.PROPOSED})
    return SchemeLine(
        scheme=scheme,
        name=name_of(scheme),
        levels=tuple(
            LevelLine(
                each,
                name_of(each),
                counts.get(each.rank, 0),
                counts.get(each.rank, 0) * 100 // total if total else 0,
            )
            for each in queries.levels_of(scheme)
        ),
        total=total,
        version=queries.rules_in_force(scheme, on=on),
        waiting=next(waiting, None),
        evaluation=move_queries.newest_evaluation(scheme),
    )


def version_lines(scheme: "Scheme", *, on: date) -> list[VersionLine]:
    """Gather all versions of the rules of a scheme."""
    in_force = queries.rules_in_force(scheme, on=on)
    lines = []
    for each in queries.versions_of(scheme):
        place = queries.place_of(each, on=on, in_force=in_force)
        lines.append(VersionLine(each, place, PLACE_TONES[place]))
    return lines


def version_page(scheme: "Scheme", rule_set: "RuleSet", *, on: date) -> VersionPage:
    """Gather one version of the rules in words."""
    in_force = queries.rules_in_force(scheme, on=on)
    place = queries.place_of(rule_set, on=on, in_force=in_force)
    body = queries.body_of(rule_set)
    is_tiers = isinstance(body, TierRules)
    return VersionPage(
        scheme=scheme,
        rule_set=rule_set,
        place=place,
        tone=PLACE_TONES[place],
        rules=rule_lines(scheme, body),
        grace=tuple(grace_words(**vars(body.grace))) if is_tiers else (),
        period=str(body.period.label) if is_tiers else "",
        numbers=() if is_tiers else card_numbers(body),
        to_confirm=sum(
            bool(getattr(leaf, "to_confirm", False))
            for level in (body.levels if is_tiers else ())
            for leaf in leaves_of(level.when)
        ),
        problems=problems_told(body),
        cities=tuple(city_lines(body)),
    )


def problems_told(body: Body) -> tuple[str, ...]:
    """Return in words what is wrong with rules."""
    if not isinstance(body, TierRules):
        return ()
    found = problems_with(body)
    places = cities() if any("in_city" in each.facts for each in found) else None
    return tuple(problem_words(each, places) for each in found)


def city_lines(body: Body) -> list[CityLine]:
    """Return the cities that have limits of their own, and how many (T21)."""
    if not names_cities(body):
        return []
    return [each for each in all_cities(body) if each.limits]


def all_cities(body: Body) -> list[CityLine]:
    """Return every city with how many limits it has of its own; those that are gone have some."""
    names = cities()
    if isinstance(body, CardNumbers):
        counts = Counter({city: len(own) for city, own in body.local})
    else:
        counts = Counter(city for each in limits_in(body) for city, _ in each.limit.local)
    known = dict.fromkeys([*names, *sorted(counts)])
    return [CityLine(each, city_words(each, names), counts[each]) for each in known]


def card_numbers(body: Body) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the card level in words, with those of cities."""
    assert isinstance(body, CardNumbers)
    names = cities() if body.local else {}
    return tuple(
        (
            str(label),
            card_number_words(name, getattr(body, name)) + own_card_words(body, name, names),
        )
        for name, label in CARD_LABELS.items()
    )


def own_card_words(body: CardNumbers, name: str, names: Mapping[str, Any]) -> str:
    """Return which cities have another number of the card level: " (Mountain City 45.00)"."""
    told = [
        f"{city_words(city, names)} {card_number_words(name, own[name])}"
        for city in body.cities
        if name in (own := body.own_of(city))
    ]
    return _(" (%(cities)s)") % {"cities": _(", ").join(told)} if told else ""


def rule_lines(scheme: "Scheme", body: Body) -> tuple[RuleLine, ...]:
    """Return the levels of rules with their conditions as trees."""
    if not isinstance(body, TierRules):
        return ()
    names = queries.level_names(scheme)
    measures = {each.code: each for each in measure_queries.measures_for(scheme.kind)}
    places = cities() if cities_of(body) else None
    return tuple(
        RuleLine(
            rank=each.rank,
            name=name_of(names[each.rank]) if each.rank in names else str(each.rank),
            purpose=purpose_of(names[each.rank]) if each.rank in names else "",
            node=None if each.when is None else node_of(each.when, measures, places=places),
        )
        for each in body.levels
    )


def impact_of(scheme: "Scheme", body: Body, *, on: date) -> Impact | None:
    """Judge a scheme's customers by rules and by those in force; nothing without facts (T20)."""
    day, in_force = newest_day(), queries.rules_in_force(scheme, on=on)
    if day is None or in_force is None:
        return None
    with judged(
        scheme, {"in_force": queries.body_of(in_force), "proposed": body}, day=day
    ) as found:
        now, then = found.counts("in_force"), found.counts("proposed")
        [(moved,)] = found.rows(
            "SELECT count(*) FROM in_force AS a JOIN proposed AS b ON a.number = b.number "
            "WHERE a.level <> b.level"
        )
        customers = found.customers
    levels = queries.level_names(scheme)
    return Impact(
        day=day,
        customers=customers,
        levels=tuple(
            (name_of(level), now.get(rank, 0), then.get(rank, 0)) for rank, level in levels.items()
        ),
        moved=moved,
        percent=moved * 100 // customers if customers else 0,
    )


def differences(scheme: "Scheme", before: Body, after: Body) -> list[tuple[str, str, str]]:
    """Return what differs between two versions: what, before, after; in words (promise 2)."""
    if isinstance(before, CardNumbers) or isinstance(after, CardNumbers):
        old, new = dict(card_numbers(before)), dict(card_numbers(after))
        return [(name, old[name], new[name]) for name in old if old[name] != new[name]]
    measures = {each.code: each for each in measure_queries.measures_for(scheme.kind)}
    names = queries.level_names(scheme)
    places = cities() if names_cities(before) or names_cities(after) else None
    found = []
    old_levels = {each.rank: each.when for each in before.levels}
    new_levels = {each.rank: each.when for each in after.levels}
    for rank in sorted(old_levels | new_levels, reverse=True):
        was, now = old_levels.get(rank), new_levels.get(rank)
        if data_of(was) != data_of(now):
            title = name_of(names[rank]) if rank in names else str(rank)
            told = [
                condition_words(each, measures, places=places) if each else "–"
                for each in (was, now)
            ]
            found.append((title, told[0], told[1]))
    was_kept, now_kept = (" ".join(grace_words(**vars(e.grace))) for e in (before, after))
    if was_kept != now_kept:
        found.append(("", was_kept, now_kept))
    if before.period != after.period:
        found.append(("", str(before.period.label), str(after.period.label)))
    return found


def data_of(condition: Condition | None) -> Any:
    """Return a condition as plain data, nothing for nothing."""
    return None if condition is None else condition_to_data(condition)


def turn_words(evaluation: "Evaluation") -> list[tuple[str, int]]:
    """Return the turns of an evaluation in words with their numbers."""
    counts = evaluation.turns
    return [(str(Turn(each).label), counts[each]) for each in TURN_NUMBERS if counts.get(each)]
