"""Customers for those who may see them, and where customers belong (V4)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer, CustomerMonth, ServiceLog
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.values import CustomerPlace
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def customers_visible_to(actor: "Staff") -> CustomerQuerySet:
    """Return the customers within the actor's reach, with unit and manager at hand (promise 3)."""
    found: CustomerQuerySet = Customer.objects.filter(reach(actor, unit="unit", owner="manager"))
    return found.select_related("unit", "manager")


def service_logs_of(customer: Customer) -> QuerySet[ServiceLog]:
    """Return the acts that the city's own system recorded, the newest first (P11).

    Whoever holds the customer was allowed to see them; so with the months below.
    """
    found = ServiceLog.objects.filter(customer=customer).select_related("staff")
    return found.order_by("-at", "-pk")


def months_of(customer: Customer) -> QuerySet[CustomerMonth]:
    """Return the customer's money month by month, the newest first (V1)."""
    return CustomerMonth.objects.filter(customer=customer).order_by("-ym")


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
