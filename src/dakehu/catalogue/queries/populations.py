"""Whom a standard is about: who counts as government, and who as important."""

from django.db.models import Q

from dakehu.catalogue.choices import Population
from dakehu.customers.choices import OrgKind, Strategic

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
