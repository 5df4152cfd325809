"""Whom a standard is about: who counts as government, and who as important."""

from collections.abc import Collection

from django.db.models import Q

from dakehu.catalogue.choices import Population
from dakehu.customers.choices import OrgKind, Strategic
from dakehu.customers.models import Customer

STRATEGIC = (Strategic.PROVINCIAL, Strategic.PREFECTURE)


def within_population(population: str, path: str = "") -> Q:
    """
    Return the filter that keeps the customers of a population; ``path`` leads to the customer.

    Government is what the file calls so; important is who is strategic to province or prefecture.
    """
    government = Q((f"{path}profile__org_kind", OrgKind.GOVERNMENT))
    return {
        Population.ALL: Q(),
        Population.GOVERNMENT: government,
        Population.OTHERS: ~government,
        Population.IMPORTANT: Q((f"{path}profile__strategic__in", STRATEGIC)),
    }[Population(population)]


def customers_within(population: str, customers: Collection[int]) -> set[int]:
    """Return which of some customers belong to a population."""
    found = Customer.objects.filter(within_population(population), pk__in=customers)
    return set(found.values_list("pk", flat=True))
