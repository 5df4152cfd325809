"""What a customer weighs, what a person carries, and when that is too much or too little (M6)."""

from dakehu.ownership.values import Homeless, OwnerNumbers


def load_of(customer: Homeless, numbers: OwnerNumbers) -> int:
    """Return what one customer weighs; without a card level as much as an ordinary one."""
    if customer.is_group:
        return numbers.load_group
    if customer.is_prospect:
        return numbers.load_prospect
    return numbers.load_levels[customer.rank or 0]


def wants_face(customer: Homeless, numbers: OwnerNumbers) -> bool:
    """Tell whether a customer wants an account manager rather than a telephone manager."""
    if customer.is_group or customer.is_prospect:
        return True
    return customer.rank is not None and customer.rank >= numbers.face_rank


def capacity_for(own: int | None, *, is_telephone: bool, numbers: OwnerNumbers) -> int:
    """Return how much a person carries: what their file says, else what their role does."""
    if own is not None:
        return own
    return numbers.capacity_telephone if is_telephone else numbers.capacity_account


def standing_for(load: int, capacity: int, numbers: OwnerNumbers) -> str:
    """Return OVER, GOOD or UNDER; whoever carries nothing where nothing is asked is in balance."""
    if 100 * load > numbers.over_percent * capacity:
        return "OVER"
    return "UNDER" if 100 * load < numbers.under_percent * capacity else "GOOD"
