"""
What the customers of a level ask of those who serve them, by the standards of the sources.

Visits and reports are per customer and year; representatives and personal services are shares of
the customers of the level, rounded up (O1, O5 to O8).  What no source gives is unknown, not 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

PERCENT = 100


@dataclass(frozen=True)
class LevelLoad:
    """The standards of one level; None is what no source gives."""

    visits: int | None = None
    reports: int | None = None
    representatives: int | None = None
    personal: int | None = None


STANDARDS: Mapping[str, Mapping[int, LevelLoad]] = {
    # O1, O7, O8. Of A groups 80 % get a chief representative, governments among them all: how many
    # these are, no source fixes. Reports are not mentioned.
    "group-abc": {
        5: LevelLoad(visits=12, representatives=80, personal=50),
        4: LevelLoad(visits=12, representatives=80, personal=50),
        3: LevelLoad(visits=6, representatives=50, personal=30),
        2: LevelLoad(visits=6, representatives=50, personal=30),
        1: LevelLoad(visits=6, representatives=0, personal=0),
        0: LevelLoad(),
    },
    # O5, O6. Potential customers are visited as the project needs.
    "it-service": {
        4: LevelLoad(visits=4, reports=4),
        3: LevelLoad(visits=4, reports=2),
        2: LevelLoad(reports=2),
        1: LevelLoad(visits=2, reports=1),
    },
}
KINDS = tuple(each.name for each in fields(LevelLoad))
SHARES = frozenset({"representatives", "personal"})


def kinds_known(scheme: str) -> tuple[str, ...]:
    """Return the kinds of load that a source gives for some level of a scheme."""
    standards = STANDARDS.get(scheme, {}).values()
    return tuple(
        kind for kind in KINDS if any(getattr(each, kind) is not None for each in standards)
    )


@dataclass(frozen=True)
class Load:
    """What some customers ask for in a year, by kind; None where no level has a standard."""

    customers: int
    visits: int | None
    reports: int | None
    representatives: int | None
    personal: int | None


def load_of(scheme: str, counts: Mapping[int, int]) -> Load:
    """Return the load that so many customers of each rank make."""
    standards = STANDARDS.get(scheme, {})
    found = {kind: _sum(kind, standards, counts) for kind in KINDS}
    return Load(customers=sum(counts.values()), **found)


def _sum(kind: str, standards: Mapping[int, LevelLoad], counts: Mapping[int, int]) -> int | None:
    if all(getattr(each, kind) is None for each in standards.values()):
        return None
    return sum(
        needed(kind, getattr(standards[rank], kind) or 0, count)
        for rank, count in counts.items()
        if rank in standards
    )


def needed(kind: str, standard: int, count: int) -> int:
    """Return what a standard means for so many customers of a level; shares round up."""
    return -(-standard * count // PERCENT) if kind in SHARES else standard * count


def to_confirm(scheme: str, ranks: Iterable[int]) -> dict[str, tuple[int, ...]]:
    """Return the levels for which no source gives a standard, by kind, the highest first."""
    standards = STANDARDS.get(scheme, {})
    ordered = sorted(ranks, reverse=True)
    found = {
        kind: tuple(
            rank for rank in ordered if getattr(standards.get(rank, LevelLoad()), kind) is None
        )
        for kind in KINDS
    }
    return {kind: missing for kind, missing in found.items() if missing}
