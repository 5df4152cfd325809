"""
The proposals once more, the plain way: the second opinion that the tests ask.

Nothing here is shared with :mod:`dakehu.ownership.rules.proposals`; it follows the same page of
rules with fractions, lists and loops. It is slow and meant to be.
"""

from fractions import Fraction
from math import floor

from dakehu.ownership.values import Candidate, Homeless, OwnerNumbers


def reference_owners(
    customers: list[Homeless], owners: list[Candidate], numbers: OwnerNumbers
) -> dict[int, tuple[int, int] | None]:
    """Return, by customer, the owner's number and points; None where nobody has room."""
    carried = {owner.pk: owner.load for owner in owners}
    chosen: dict[int, tuple[int, int] | None] = {}
    waiting = list(customers)
    while waiting:
        heaviest = waiting[0]
        for customer in waiting:
            if (weight(customer, numbers), -customer.pk) > (
                weight(heaviest, numbers),
                -heaviest.pk,
            ):
                heaviest = customer
        waiting.remove(heaviest)
        chosen[heaviest.pk] = None
        ranking = []
        for owner in owners:
            left = owner.capacity - carried[owner.pk]
            if weight(heaviest, numbers) <= left:
                total = points(heaviest, owner, left, numbers)
                ranking.append((total, left, -owner.pk))
        if ranking:
            total, _left, negative = sorted(ranking)[-1]
            chosen[heaviest.pk] = (-negative, total)
            carried[-negative] += weight(heaviest, numbers)
    return chosen


def weight(customer: Homeless, numbers: OwnerNumbers) -> int:
    """Say what a customer weighs."""
    if customer.is_group:
        return numbers.load_group
    if customer.is_prospect:
        return numbers.load_prospect
    if customer.rank is None:
        return numbers.load_levels[0]
    return numbers.load_levels[customer.rank]


def points(customer: Homeless, owner: Candidate, left: int, numbers: OwnerNumbers) -> int:
    """Add up what speaks for an owner who has ``left`` room before the customer comes."""
    total = 0
    if customer.unit_id == owner.unit_id:
        total += numbers.area_unit
    elif customer.city == owner.city:
        total += numbers.area_city
    by_face = customer.is_group or customer.is_prospect
    if customer.rank is not None and customer.rank >= numbers.face_rank:
        by_face = True
    if by_face and not owner.is_telephone:
        total += numbers.tier
    if not by_face and owner.is_telephone:
        total += numbers.tier
    if owner.capacity > 0:
        share = Fraction(left - weight(customer, numbers), owner.capacity)
        total += floor(numbers.load * share)
    if customer.language and customer.language in owner.languages:
        total += numbers.language
    return total
