"""
Who should own which customer: area, tier, load and language, by points (M3).

The heaviest customers choose first, because they are the hardest to place; every placement adds
to the load of whoever gets it, so a page of proposals spreads over all who have room. Integers
only: both databases, both evaluators and every rerun agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dakehu.ownership.rules.loads import load_of, wants_face
from dakehu.ownership.values import (
    Candidate,
    Claims,
    Homeless,
    OwnerNumbers,
    Points,
    Proposal,
)


def points_for(customer: Homeless, owner: Candidate, numbers: OwnerNumbers) -> Points | None:
    """Return what speaks for ``owner``; nothing if the customer would be one too many."""
    room = owner.capacity - owner.load - load_of(customer, numbers)
    if room < 0:
        return None
    if owner.unit_id == customer.unit_id:
        area = numbers.area_unit
    else:
        area = numbers.area_city if owner.city == customer.city else 0
    fits = owner.is_telephone != wants_face(customer, numbers)
    speaks = customer.language != "" and customer.language in owner.languages
    return Points(
        area=area,
        tier=numbers.tier if fits else 0,
        load=numbers.load * room // owner.capacity if owner.capacity else 0,
        language=numbers.language if speaks else 0,
    )


def proposals_for(
    customers: Iterable[Homeless], owners: Sequence[Candidate], numbers: OwnerNumbers
) -> list[Proposal]:
    """
    Return a proposal for every customer, in the order of their numbers.

    Of equal points the owner with more room wins, then the one with the lower number.
    """
    present = {owner.pk: owner for owner in owners}
    proposals = []
    for customer in sorted(customers, key=lambda each: (-load_of(each, numbers), each.pk)):
        best = best_of(customer, present.values(), numbers)
        if best is None:
            proposals.append(Proposal(customer.pk, None, None))
            continue
        owner, points = best
        present[owner.pk] = replace(owner, load=owner.load + load_of(customer, numbers))
        proposals.append(Proposal(customer.pk, owner.pk, points))
    return sorted(proposals, key=lambda each: each.customer_id)


def best_of(
    customer: Homeless, owners: Iterable[Candidate], numbers: OwnerNumbers
) -> tuple[Candidate, Points] | None:
    """Return the owner with the most points and these; nothing if nobody has room."""
    able = (
        (owner, points) for owner in owners if (points := points_for(customer, owner, numbers))
    )
    return max(
        able,
        key=lambda each: (each[1].total, each[0].capacity - each[0].load, -each[0].pk),
        default=None,
    )


def claimable(claims: Claims, numbers: OwnerNumbers) -> int:
    """Return how many more customers a person may take from the pool now."""
    return max(0, min(numbers.claims_day - claims.today, numbers.claims_total - claims.held))
