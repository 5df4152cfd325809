"""Customers for those who may see them, and where customers belong (V4)."""

from collections.abc import Iterable, Iterator

from django.db.models import Count

from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer
from dakehu.customers.values import CustomerPlace


def places_of(numbers: Iterable[str]) -> Iterator[CustomerPlace]:
    """Yield where the individuals with these numbers belong; unknown numbers are left out.

    For the nightly run, which acts on nobody's behalf.
    """
    found = Customer.objects.filter(kind=CustomerKind.INDIVIDUAL, number__in=list(numbers))
    rows = found.values_list("pk", "number", "city_code", "unit_id", "manager_id")
    for row in rows:
        yield CustomerPlace(*row)


def managed_by_unit() -> Iterator[tuple[int, int]]:
    """Yield how many managed customers each unit itself has, for the figures of the night."""
    counted = Customer.objects.filter(managed=True).order_by().values("unit")
    yield from counted.annotate(count=Count("pk")).values_list("unit", "count")
