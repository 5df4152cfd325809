"""What follows for a customer from published standards and from where it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from dakehu.catalogue.choices import Offer
from dakehu.catalogue.values import (
    LOWEST_PRIORITY,
    Body,
    CoverageTarget,
    Entitlement,
    FormRule,
    Held,
    Limit,
    PromisedTime,
    Published,
    Recurring,
    Terms,
)


def in_force(rows: Iterable[Published], *, on: date) -> dict[str, Published]:
    """Return the version of every service that holds on a day."""
    newest: dict[str, Published] = {}
    for row in sorted(rows, key=lambda each: each.active_from):
        if row.active_from <= on.isoformat():
            newest[row.service] = row
    return newest


def source_of(service: str, level: str, number: int) -> str:
    """Return by which standard, level and version something is promised: ``C13 A1 v3``."""
    return f"{service} {level} v{number}"


def entitlements(
    bodies: Mapping[str, tuple[int, Body]], held: Iterable[Held]
) -> Iterator[Entitlement]:
    """Yield what standings entitle to, service by service; ``bodies`` are those in force."""
    for code, (number, body) in bodies.items():
        for each in held:
            terms = body.standards.get(each.scheme, {}).get(each.rank)
            if terms is not None:
                yield Entitlement(code, each, number, terms)


def times_for(found: Iterable[Entitlement]) -> list[tuple[PromisedTime, str]]:
    """Return the times of entitlements with their sources; what is to be confirmed has none."""
    return [
        (time, source_of(each.service, each.held.level, each.version))
        for each in found
        if each.terms.offer != Offer.TO_CONFIRM
        for time in each.terms.times
    ]


def priority_for(found: Iterable[Entitlement]) -> int:
    """Return the best priority of some entitlements; the lowest where none names one."""
    named = [each.terms.priority for each in found if each.terms.priority is not None]
    return min(named, default=LOWEST_PRIORITY)


def recurring(found: Iterable[Entitlement]) -> list[Recurring]:
    """Return what is owed again and again."""
    return [
        Recurring(
            each.service,
            each.held.scheme,
            each.held.rank,
            each.terms.frequency,
            source_of(each.service, each.held.level, each.version),
        )
        for each in found
        if each.terms.frequency is not None and each.terms.offer != Offer.TO_CONFIRM
    ]


def limit(found: Iterable[Entitlement]) -> Limit | None:
    """Return the limit that is kindest to the customer; none where no standard sets one."""
    limits = [
        Limit(each.terms.limit_months, source_of(each.service, each.held.level, each.version))
        for each in found
        if each.terms.limit_months is not None
    ]
    return max(limits, key=lambda each: each.months, default=None)


def forms(found: Iterable[Entitlement]) -> tuple[FormRule, ...]:
    """Return by what a customer is reached on which occasion, each rule once."""
    return tuple(dict.fromkeys(rule for each in found for rule in each.terms.forms))


def coverage_targets(
    bodies: Mapping[str, tuple[int, Body]], names: Mapping[tuple[str, int], str]
) -> list[CoverageTarget]:
    """Return the shares to be reached; levels of one scheme with the same share go together."""
    targets = []
    for code, (number, body) in bodies.items():
        for scheme, levels in body.standards.items():
            for ranks, terms in alike(levels):
                if terms.offer == Offer.TO_CONFIRM:
                    continue
                words = " ".join(names.get((scheme, rank), str(rank)) for rank in ranks)
                source = source_of(code, words, number)
                targets += [
                    CoverageTarget(code, scheme, ranks, each, source) for each in terms.coverage
                ]
    return targets


def alike(levels: Mapping[int, Terms]) -> list[tuple[tuple[int, ...], Terms]]:
    """Return levels with the same terms together, from the top."""
    groups: list[tuple[list[int], Terms]] = []
    for rank in sorted(levels, reverse=True):
        if groups and groups[-1][1] == levels[rank]:
            groups[-1][0].append(rank)
        else:
            groups.append(([rank], levels[rank]))
    return [(tuple(ranks), terms) for ranks, terms in groups]


def of_service(
    service: str, bodies: Mapping[str, tuple[int, Body]]
) -> Mapping[str, tuple[int, Body]]:
    """Return the versions that a request of a service falls under: its own, and who covers it."""
    return {
        code: (number, body)
        for code, (number, body) in bodies.items()
        if code == service or service in body.covers
    }


def population_share(percent: int, size: int) -> int:
    """Return how many of ``size`` customers reach a share: 80 % of 7 are 6 (5.6, rounded up)."""
    return -(-percent * size // 100)


def customers_missing(target: int, covered: Sequence[int]) -> int:
    """Return how many more customers it takes to reach a target."""
    return max(target - len(covered), 0)
