"""Where customers stand in all schemes on a day, for the floors that promise something by it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

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
