"""Which promise held for a customer from when to when: standings and versions put together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dakehu.catalogue.choices import Cycle, Offer
from dakehu.catalogue.values import Body, Frequency
from dakehu.obligations.rules.quotas import period_of, required_for
from dakehu.obligations.values import Span, Stretch

Key = tuple[str, str, Cycle]
"""Service, scheme and cycle: what has one quota in a period."""


@dataclass(frozen=True)
class Stood:
    """Where a customer stood from when to when; ``end`` is exclusive."""

    scheme: str
    rank: int
    level: str
    start: date
    end: date


@dataclass(frozen=True)
class Version:
    """A version of a service and when it held."""

    service: str
    number: int
    start: date
    end: date
    body: Body


@dataclass(frozen=True)
class Owed:
    """What is owed to a customer in one period, and since when something was."""

    key: Key
    period: Span
    required: int
    goal: int
    since: date
    source: str
    frequency: Frequency


@dataclass(frozen=True)
class Piece:
    """One promise over the time in which both standing and version held."""

    key: Key
    stretch: Stretch
    frequency: Frequency
    source: str


def pieces(stood: Iterable[Stood], versions: Sequence[Version]) -> Iterator[Piece]:
    """Yield every recurring promise with the time in which it held."""
    for each in stood:
        for version in versions:
            terms = version.body.standards.get(each.scheme, {}).get(each.rank)
            if terms is None or terms.frequency is None or terms.offer == Offer.TO_CONFIRM:
                continue
            start, end = max(each.start, version.start), min(each.end, version.end)
            if start < end:
                often = terms.frequency
                source = f"{version.service} {each.level} v{version.number}"
                key = (version.service, each.scheme, often.cycle)
                yield Piece(key, Stretch(start, end, often.least), often, source)


def owed_on(stood: Iterable[Stood], versions: Sequence[Version], *, on: date) -> list[Owed]:
    """
    Return what is owed in the periods that a day lies in.

    The newest promise of a quota names its source and goal; one that ended within the period
    counts for the time in which it held.
    """
    by_key: dict[Key, list[Piece]] = {}
    for piece in pieces(stood, versions):
        by_key.setdefault(piece.key, []).append(piece)
    return [found for key, each in by_key.items() if (found := owed_of(key, each, on=on))]


def owed_of(key: Key, found: Sequence[Piece], *, on: date) -> Owed | None:
    """Return what one quota owes in the period that a day lies in; nothing where it owes none."""
    period = period_of(key[2], on)
    within = [
        piece
        for piece in found
        if piece.stretch.start < period.end and piece.stretch.end > period.start
    ]
    required = required_for(period, [piece.stretch for piece in within])
    if not required:
        return None
    newest = max(within, key=lambda piece: piece.stretch.start)
    goal = max(required, newest.frequency.goal if newest.stretch.start <= period.start else 0)
    since = max(min(piece.stretch.start for piece in within), period.start)
    return Owed(key, period, required, goal, since, newest.source, newest.frequency)


def versions_of(rows: Iterable[tuple[str, int, date, Body]], *, end: date) -> list[Version]:
    """Return published versions with the time in which each holds; the last one until ``end``."""
    by_service: dict[str, list[tuple[int, date, Body]]] = {}
    for service, number, start, body in sorted(rows, key=lambda row: (row[0], row[2])):
        by_service.setdefault(service, []).append((number, start, body))
    found = []
    for service, each in by_service.items():
        ends = [*(start for _number, start, _body in each[1:]), end]
        found += [
            Version(service, number, start, until, body)
            for (number, start, body), until in zip(each, ends, strict=True)
        ]
    return found


def recurring_places(bodies: Iterable[Body]) -> set[tuple[str, int]]:
    """Return the levels, by scheme and rank, at which anything recurs."""
    return {
        (scheme, rank)
        for body in bodies
        for scheme, levels in body.standards.items()
        for rank, terms in levels.items()
        if terms.frequency is not None
    }
