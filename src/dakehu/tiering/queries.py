"""Standings for those who may see them, and what the night asks about card levels (T18, T19)."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from dakehu.facts.features import Program
from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.models import Level, Standing
from dakehu.tiering.rules.card import card_program
from dakehu.tiering.values import CardNumbers


def card_level_program() -> Program:
    """Return the card level of individuals with the numbers in force (T18)."""
    return card_program(CardNumbers())


def card_levels_by_unit() -> Iterator[tuple[int, int, int]]:
    """Yield unit, rank and number of the card levels in force, for the figures of the night."""
    in_force = Standing.objects.filter(scheme__code=CARD_LEVEL, active_to__isnull=True)
    counted = in_force.order_by().values("customer__unit", "level__rank")
    yield from counted.annotate(count=Count("pk")).values_list(
        "customer__unit", "level__rank", "count"
    )


def card_levels() -> list[tuple[int, str]]:
    """Return rank and name of the card levels in the language of the moment, best first (T18)."""
    name = "name" if (get_language() or "").startswith("zh") else "name_en"
    found = Level.objects.filter(scheme__code=CARD_LEVEL).order_by("-rank")
    return list(found.values_list("rank", name))


def standings_of(customer_id: int) -> QuerySet[Standing]:
    """Return the card levels of a customer, the newest first (T19).

    Whoever holds the customer's number was allowed to see the customer.
    """
    found = Standing.objects.filter(customer=customer_id, scheme__code=CARD_LEVEL)
    return found.select_related("level").order_by("-active_from", "-pk")
