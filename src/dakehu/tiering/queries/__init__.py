"""Standings for those who may see them, and what the night asks about card levels (T18, T19)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from dakehu.customers.queries import customers_visible_to
from dakehu.people.policies import reach
from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.models import Standing

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff, Unit

Numbers = QuerySet[Any, Any] | Sequence[int]
"""Numbers of customers, or a query of them."""


def card_levels_by_unit() -> Iterator[tuple[int, int, int]]:
    """Yield unit, rank and number of the card levels in force, for the figures of the night."""
    in_force = Standing.objects.filter(scheme__code=CARD_LEVEL, active_to__isnull=True)
    counted = in_force.order_by().values("customer__unit", "level__rank")
    yield from counted.annotate(count=Count("pk")).values_list(
        "customer__unit", "level__rank", "count"
    )


def standings_of(customer: "Customer") -> list[Standing]:
    """Return the card levels of a customer, the newest first; the customer comes from a query."""
    found = Standing.objects.filter(customer=customer, scheme__code=CARD_LEVEL)
    return list(found.select_related("level").order_by("-active_from"))


def standing_of(customer: "Customer") -> Standing | None:
    """Return the card level in force of a customer; nothing for one who stands nowhere (T18)."""
    return next((each for each in standings_of(customer) if each.active_to is None), None)


def level_counts(actor: "Staff") -> dict[int, int]:
    """Return how many customers within the actor's reach stand at each card level, by rank."""
    in_force = Standing.objects.filter(scheme__code=CARD_LEVEL, active_to__isnull=True)
    within = reach(actor, unit="customer__unit", owner="customer__manager", customer="customer")
    mine = in_force.filter(within)
    counted = mine.order_by().values("level__rank").annotate(count=Count("pk"))
    return dict(counted.values_list("level__rank", "count"))


def levels_among(customers: Numbers) -> dict[int, int]:
    """Return how many of some customers stand at each card level in force, by rank (T18).

    The numbers of the customers, or a query of them, come from a query for whoever asks.
    """
    counted = _in_force(customers).values("level__rank").annotate(count=Count("pk"))
    return dict(counted.values_list("level__rank", "count"))


def levels_in_unit(actor: "Staff", unit: "Unit") -> dict[int, int]:
    """Return how many customers a unit has with those below it at each card level, by rank.

    Of the actor's reach only.
    """
    within = customers_visible_to(actor).in_unit(unit).order_by()
    return levels_among(within.values("pk"))


def levels_by_manager(customers: Numbers) -> dict[tuple[int | None, int], int]:
    """Return how many of some customers each manager has at each card level, by rank (M6)."""
    counted = _in_force(customers).values("customer__manager", "level__rank")
    rows = counted.annotate(count=Count("pk")).values_list(
        "customer__manager", "level__rank", "count"
    )
    return {(manager, rank): count for manager, rank, count in rows}


def ranks_of(customers: Numbers) -> dict[int, int]:
    """Return the rank of the card level in force by customer; who stands nowhere is absent."""
    return dict(_in_force(customers).values_list("customer", "level__rank"))


def _in_force(customers: Numbers) -> QuerySet[Standing]:
    found = Standing.objects.filter(scheme__code=CARD_LEVEL, active_to__isnull=True)
    return found.filter(customer__in=customers).order_by()
