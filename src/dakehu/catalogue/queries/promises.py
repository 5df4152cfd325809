"""What customers are promised: the front door for cases, obligations and care.

Every answer costs two queries, however many customers are asked about: the versions in force, and
the standings. A version's body is read once and remembered by its digest, which never changes
what it names. Only where two standards of different units compete is a calendar read as well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.catalogue.models import ServiceVersion
from dakehu.catalogue.rules import promising
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.catalogue.values import (
    LOWEST_PRIORITY,
    Body,
    CoverageTarget,
    Entitlement,
    FormRule,
    Handling,
    Held,
    Limit,
    Promise,
    Published,
    Recurring,
)
from dakehu.clocks.queries.choosing import EarliestFirst
from dakehu.clocks.values import Standard
from dakehu.tiering.choices import RuleState
from dakehu.tiering.queries.standings import held_by, level_words

if TYPE_CHECKING:
    from dakehu.clocks.choices import ClockKind
    from dakehu.customers.models import Customer

Bodies = Mapping[str, tuple[int, Body]]


def versions_published() -> list[Published]:
    """Return all published versions of all services, without their bodies."""
    found = ServiceVersion.objects.filter(
        state=RuleState.PUBLISHED, service__removed_at__isnull=True
    ).order_by("service__position", "active_from")
    rows = found.values_list("pk", "service__code", "number", "active_from", "digest")
    return [
        Published(pk, code, number, day.isoformat(), digest)
        for pk, code, number, day, digest in rows
        if day is not None
    ]


@lru_cache(maxsize=1024)
def body_named(digest: str) -> Body:
    """Return the body that a digest names; what it names never changes."""
    found = ServiceVersion.objects.filter(digest=digest).values_list("body", flat=True)
    return body_from_data(found[:1].get())


def bodies_in_force(*, on: date) -> Bodies:
    """Return the number and the body of every service's version that holds on a day."""
    rows = promising.in_force(versions_published(), on=on)
    return {code: (row.number, body_named(row.digest)) for code, row in rows.items()}


def held_of(customers: Collection[int], *, on: date) -> dict[int, list[Held]]:
    """Return where customers stand on a day."""
    found: dict[int, list[Held]] = {pk: [] for pk in customers}
    for pk, scheme, rank, level in held_by(customers, on=on):
        found[pk].append(Held(scheme, rank, level))
    return found


def entitlements_of(
    customers: Collection[int], *, on: date, service: str = ""
) -> dict[int, list[Entitlement]]:
    """Return what customers are entitled to on a day, of all services or what one falls under."""
    bodies = bodies_in_force(on=on)
    if service:
        bodies = promising.of_service(service, bodies)
    return {
        pk: list(promising.entitlements(bodies, held))
        for pk, held in held_of(customers, on=on).items()
    }


def promises_of(
    customers: Sequence["Customer"], service: str, at: datetime
) -> dict[int, list[Promise]]:
    """
    Return the times promised to customers who ask for a service at an instant, by customer.

    One promise for every kind of clock at most: of several the one that is due earliest. By the
    standings and versions of that day; what is to be confirmed promises nothing.
    """
    found = entitlements_of([each.pk for each in customers], on=localdate(at), service=service)
    earliest = EarliestFirst(at)
    return {
        customer.pk: promises_in(found[customer.pk], customer, earliest) for customer in customers
    }


def promises_for(customer: "Customer", service: str, at: datetime) -> list[Promise]:
    """Return the times promised to a customer who asks for a service at an instant."""
    return promises_of([customer], service, at)[customer.pk]


def promises_in(
    found: Sequence[Entitlement], customer: "Customer", earliest: EarliestFirst
) -> list[Promise]:
    """Return the earliest promise of every kind that entitlements hold."""
    priority = promising.priority_for(found)
    by_kind: dict[ClockKind, list[tuple[Standard, str]]] = {}
    for time, source in promising.times_for(found):
        by_kind.setdefault(time.kind, []).extend((each, source) for each in time.standards)
    return [
        Promise(kind, *offers[place_of(offers, customer, earliest)], priority)
        for kind, offers in by_kind.items()
    ]


def place_of(
    offers: Sequence[tuple[Standard, str]], customer: "Customer", earliest: EarliestFirst
) -> int:
    """Return which of several offers is due first; one alone needs no calendar and no unit."""
    if len(offers) == 1:
        return 0
    return earliest.place_of([standard for standard, _source in offers], customer.unit)


def priorities_of(customers: Collection[int], service: str, *, on: date) -> dict[int, int]:
    """Return the priority of customers at a service, 1 first; whom no standard knows are last."""
    found = entitlements_of(customers, on=on, service=service)
    return {pk: promising.priority_for(each) for pk, each in found.items()}


def priority_for(customer: "Customer", service: str, *, on: date) -> int:
    """Return the priority of a customer at a service; see :func:`priorities_of`."""
    return priorities_of([customer.pk], service, on=on).get(customer.pk, LOWEST_PRIORITY)


def recurring_of(customers: Collection[int], *, on: date) -> dict[int, list[Recurring]]:
    """Return what is owed to customers again and again on a day, by customer (O1 to O6)."""
    found = entitlements_of(customers, on=on)
    return {pk: promising.recurring(each) for pk, each in found.items()}


def recurring_for(customer: "Customer", *, on: date) -> list[Recurring]:
    """Return what is owed to a customer again and again on a day."""
    return recurring_of([customer.pk], on=on)[customer.pk]


def coverage_targets(*, on: date) -> list[CoverageTarget]:
    """Return the shares to be reached on a day (C4, C8; O7, O8)."""
    names = {place: level.name for place, level in level_words().items()}
    return promising.coverage_targets(bodies_in_force(on=on), names)


def limit_for(customer: "Customer", service: str, *, on: date) -> Limit | None:
    """Return for how long at most a customer may be given a service (C6, O12)."""
    return promising.limit(entitlements_of([customer.pk], on=on, service=service)[customer.pk])


def forms_of(
    customers: Collection[int], service: str, *, on: date
) -> dict[int, tuple[FormRule, ...]]:
    """Return by what customers are reached on which occasion (C2, C9), by customer."""
    found = entitlements_of(customers, on=on, service=service)
    return {pk: promising.forms(each) for pk, each in found.items()}


def handling_for(customer: "Customer", service: str, *, on: date) -> Handling | None:
    """Return who takes a customer's request and how an engineer is sent (R1 to R6)."""
    found = entitlements_of([customer.pk], on=on, service=service)[customer.pk]
    named: Iterable[Handling] = (each.terms.handling for each in found if each.terms.handling)
    return next(iter(named), None)


def batch_minimum(service: str, *, on: date) -> int | None:
    """Return from how many of the same kind on a service is a batch (C3)."""
    found = bodies_in_force(on=on).get(service)
    return found[1].minimum if found else None
