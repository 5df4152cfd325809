"""At which levels of all schemes a customer stands (T24)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from dakehu.common.batches import batched
from dakehu.tiering.choices import Grade
from dakehu.tiering.models import Standing
from dakehu.tiering.queries.credit import CREDIT
from dakehu.tiering.queries.moves import holding
from dakehu.tiering.rules.grades import grade_of

BATCH = 500


@dataclass(frozen=True)
class HeldLevel:
    """A level that a customer holds: of which scheme, its name, its rank and the best rank."""

    scheme: str
    scheme_name: str
    name: str
    rank: int
    ranks: int


def held_levels(customer_id: int, *, on: date) -> list[HeldLevel]:
    """Return the levels of a customer on a day, one per scheme, in the order of the schemes."""
    found = Standing.objects.filter(holding(on), customer=customer_id)
    best = found.annotate(best=Max("scheme__levels__rank"))
    names = ("scheme__code", "scheme__name", "level__name", "level__rank", "best")
    rows = best.order_by("scheme__position", "scheme__code").values_list(*names)
    return [HeldLevel(*row) for row in rows]


def service_levels(customer_id: int, *, on: date) -> list[HeldLevel]:
    """Return the levels that a customer holds on a day; the credit standing is none of service."""
    found = held_levels(customer_id, on=on)
    return [level for level in found if level.rank and level.scheme != CREDIT]


def best_grade(ranks: Iterable[tuple[int, int]]) -> Grade:
    """Return the best grade of levels that are told by their rank and the best rank there is."""
    grades = [grade_of(rank, best) for rank, best in ranks]
    return min(grades, key=list(Grade).index, default=Grade.NONE)


def grades_of(customers: Collection[int], *, on: date) -> dict[int, Grade]:
    """Return how high some customers stand on a day; those without a level are absent."""
    found: dict[int, list[tuple[int, int]]] = {}
    for batch in batched(sorted(customers), BATCH):
        held = Standing.objects.filter(holding(on), customer__in=batch, level__rank__gt=0)
        best = held.exclude(scheme__code=CREDIT).annotate(best=Max("scheme__levels__rank"))
        for customer, rank, ranks in best.values_list("customer", "level__rank", "best"):
            found.setdefault(customer, []).append((rank, ranks))
    return {customer: best_grade(ranks) for customer, ranks in found.items()}
