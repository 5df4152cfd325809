"""Who went up or down, levels by hand, and how many stand where, for those who may see them."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dakehu.people.policies import reach
from dakehu.tiering.models import Evaluation, LevelGrant, Scheme, Standing, TierMove

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


def within(actor: "Staff") -> Q:
    """Return the filter that keeps rows of customers within the actor's reach."""
    return reach(actor, unit="customer__unit", owner="customer__manager", customer="customer") & Q(
        customer__removed_at__isnull=True, customer__merged_into__isnull=True
    )


def moves_for(actor: "Staff") -> QuerySet[TierMove]:
    """Return who went up or down, of the customers within the actor's reach (T19)."""
    found = TierMove.objects.filter(within(actor))
    return found.select_related(
        "customer", "customer__manager", "customer__unit", "scheme", "from_level", "to_level",
        "evaluation__rule_set",
    )  # fmt: skip


def get_move(actor: "Staff", pk: int) -> TierMove:
    """
    Return one move within the actor's reach.

    :raises Http404: if there is none.
    """
    found = moves_for(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def grants_for(actor: "Staff") -> QuerySet[LevelGrant]:
    """Return the levels by hand of the customers within the actor's reach (T19)."""
    found = LevelGrant.objects.filter(within(actor))
    return found.select_related(
        "customer", "customer__unit", "scheme", "level", "proposed_by", "decided_by"
    )


def get_grant(actor: "Staff", pk: int) -> LevelGrant:
    """
    Return one level by hand within the actor's reach.

    :raises Http404: if there is none.
    """
    found = grants_for(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def standing_counts(actor: "Staff", scheme: Scheme, *, on: date) -> dict[int, int]:
    """Return how many customers within the actor's reach stand at each level on a day, by rank."""
    held = Standing.objects.filter(holding(on), within(actor), scheme=scheme)
    counted = held.order_by().values("level__rank").annotate(count=Count("pk"))
    return dict(counted.values_list("level__rank", "count"))


def standings_held(scheme: Scheme) -> QuerySet[Standing]:
    """Return who stands in a scheme now; for counting customers that a query has narrowed."""
    return Standing.objects.filter(scheme=scheme, active_to__isnull=True).order_by()


def at_level(level_id: int) -> QuerySet[Standing]:
    """Return who stands at a level now; for narrowing customers that a query has scoped."""
    return Standing.objects.filter(level=level_id, active_to__isnull=True).order_by()


def ranks_in(scheme: Scheme) -> Iterator[tuple[int, int]]:
    """Yield which customer stands at which rank of a scheme now; for passes over all of them."""
    yield from (
        standings_held(scheme).values_list("customer", "level__rank").iterator(chunk_size=20_000)
    )


def holding(on: date, path: str = "") -> Q:
    """Return the filter that keeps standings that hold on a day; ``path`` leads to them."""
    begun = Q((f"{path}active_from__lte", on))
    return begun & (Q((f"{path}active_to__isnull", True)) | Q((f"{path}active_to__gt", on)))


def standings_in(customer: "Customer", scheme: Scheme) -> list[Standing]:
    """Return the standings of a customer in a scheme, the newest first; planned ones first."""
    found = Standing.objects.filter(customer=customer, scheme=scheme)
    return list(found.select_related("level").order_by("-active_from"))


def newest_evaluation(scheme: Scheme) -> Evaluation | None:
    """Return the newest evaluation of a scheme."""
    found = Evaluation.objects.filter(scheme=scheme).select_related("scheme", "rule_set")
    return found.order_by("-day").first()


def evaluations_of(scheme: Scheme) -> QuerySet[Evaluation]:
    """Return the evaluations of a scheme, the newest first."""
    return Evaluation.objects.filter(scheme=scheme).select_related("rule_set").order_by("-day")


def movers_by_owner(evaluation_id: int) -> Iterator[tuple[int, int, str, int]]:
    """Yield owner, unit of the owner, turn and number of whom an evaluation moved; for the night.

    Customers whom nobody looks after are left out.
    """
    moved: QuerySet[Any] = TierMove.objects.filter(
        evaluation=evaluation_id, customer__manager__isnull=False
    ).order_by()
    counted = moved.values("customer__manager", "customer__manager__unit", "turn")
    rows = counted.annotate(count=Count("pk"))
    yield from rows.values_list("customer__manager", "customer__manager__unit", "turn", "count")


def moved_among(
    customers: Collection[int], *, evaluation_id: int | None, grant_id: int | None
) -> set[int]:
    """Return which of some customers an evaluation, or a level by hand, moved; for the night."""
    moved = TierMove.objects.filter(evaluation=evaluation_id, evaluation__isnull=False)
    granted = LevelGrant.objects.filter(pk__in=() if grant_id is None else (grant_id,))
    found = moved.filter(customer__in=customers).values_list("customer", flat=True)
    given = granted.filter(customer__in=customers).values_list("customer", flat=True)
    return {*found, *given}
