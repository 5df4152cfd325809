"""How many customers belong to a unit (M2)."""

from typing import TYPE_CHECKING

from django.db.models import Count

from dakehu.customers.models import Customer
from dakehu.customers.queries.customers import customers_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit


def count_of_unit(unit: "Unit") -> int:
    """Return how many customers belong to a unit itself, whoever asks; before the unit goes."""
    return Customer.objects.present().filter(unit=unit).count()


def kinds_in_unit(actor: "Staff", unit: "Unit") -> dict[str, int]:
    """Return how many customers a unit has with those below it, by kind, of the actor's reach."""
    within = customers_visible_to(actor).in_unit(unit).order_by()
    return dict(within.values("kind").annotate(count=Count("pk")).values_list("kind", "count"))
