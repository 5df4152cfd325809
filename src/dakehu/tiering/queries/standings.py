"""Where customers stand in all schemes on a day, for the floors that promise something by it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dakehu.tiering.models import Level, Standing
from dakehu.tiering.queries.moves import holding, within

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def held_by(customers: Collection[int], *, on: date) -> Iterator[tuple[int, str, int, str]]:
    """Yield customer, scheme, rank and name of the level of every standing held on a day."""
    held: QuerySet[Any] = Standing.objects.filter(holding(on), customer__in=customers).order_by()
    yield from held.values_list("customer", "scheme__code", "level__rank", "level__name")


def level_words() -> dict[tuple[str, int], Level]:
    """Return the levels of all schemes by scheme and rank."""
    levels = Level.objects.filter(removed_at__isnull=True).select_related("scheme")
    return {(level.scheme.code, level.rank): level for level in levels}


def held_at(ranks: Collection[tuple[str, int]], *, on: date) -> QuerySet[Any]:
    """Return the standings held on a day at some levels, named by scheme and rank."""
    levels = Level.objects.filter(removed_at__isnull=True).values_list(
        "scheme__code", "rank", "pk"
    )
    wanted = [pk for scheme, rank, pk in levels if (scheme, rank) in set(ranks)]
    return Standing.objects.filter(holding(on), level__in=wanted).order_by()


def counts_by_unit(
    actor: "Staff", *, on: date, only: Q | None = None
) -> Iterator[tuple[int, str, int, int]]:
    """Yield unit, scheme, rank and number of the customers within reach who stand there."""
    held: QuerySet[Any] = Standing.objects.filter(holding(on), within(actor), only or Q())
    counted = held.order_by().values("customer__unit", "scheme__code", "level__rank")
    rows = counted.annotate(count=Count("pk"))
    yield from rows.values_list("customer__unit", "scheme__code", "level__rank", "count")


@dataclass(frozen=True)
class Looked:
    """A standing of a customer whom somebody looks after, with what promises depend on."""

    customer: int
    scheme: str
    rank: int
    level: str
    start: date
    end: date | None
    manager: int
    unit: int
    org_kind: str
    strategic: str


def looked_after(
    ranks: Collection[tuple[str, int]], *, since: date, until: date, after: int, most: int
) -> list[Looked]:
    """
    Return the standings, at some levels, of the next customers whom somebody looks after.

    Those that held at any time from ``since`` until before ``until``; of at most ``most``
    customers with numbers above ``after``, all of each, in the order of their numbers.
    """
    levels = Level.objects.filter(removed_at__isnull=True).values_list(
        "scheme__code", "rank", "pk"
    )
    wanted = [pk for scheme, rank, pk in levels if (scheme, rank) in set(ranks)]
    held: QuerySet[Any] = Standing.objects.filter(
        Q(active_to__isnull=True) | Q(active_to__gt=since),
        level__in=wanted,
        active_from__lt=until,
        customer__gt=after,
        customer__manager__isnull=False,
        customer__removed_at__isnull=True,
        customer__merged_into__isnull=True,
        customer__retained_at__isnull=True,
    )
    numbers = list(held.order_by("customer").values_list("customer", flat=True).distinct()[:most])
    rows = held.filter(customer__in=numbers).order_by("customer", "active_from")
    rows = rows.annotate(
        told_kind=Coalesce("customer__profile__org_kind", Value("")),
        told_flag=Coalesce("customer__profile__strategic", Value("")),
    )
    names = (
        "customer", "scheme__code", "level__rank", "level__name", "active_from", "active_to",
        "customer__manager", "customer__unit", "told_kind", "told_flag",
    )  # fmt: skip
    found: Any = rows.values_list(*names)
    return [Looked(*row) for row in found]
