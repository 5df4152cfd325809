"""At which levels of all schemes a customer stands (T24)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from dakehu.tiering.models import Standing
from dakehu.tiering.queries.moves import holding


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
