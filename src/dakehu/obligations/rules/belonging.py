"""Whether a customer belongs to those whom a standard is about."""

from dakehu.catalogue.choices import Population

GOVERNMENT = "government"
STRATEGIC = frozenset({"provincial", "prefecture"})


def belongs(population: Population, *, org_kind: str, strategic: str) -> bool:
    """Tell whether a customer, by kind and strategic flag, belongs to a population."""
    return {
        Population.ALL: True,
        Population.GOVERNMENT: org_kind == GOVERNMENT,
        Population.OTHERS: org_kind != GOVERNMENT,
        Population.IMPORTANT: strategic in STRATEGIC,
    }[population]
