"""Values of the ownership app: terms of a change, and what the rules for owners know."""

from dataclasses import dataclass
from datetime import date

RANKS = 5
"""Card levels, from ordinary to diamond."""


@dataclass(frozen=True)
class Terms:
    """When a change takes effect, why, and how its customers were chosen, in words (M3).

    ``ends_on`` is for leave cover alone: the first day on which the customers are back.
    """

    effective_on: date
    reason: str
    chosen: str = ""
    ends_on: date | None = None


@dataclass(frozen=True)
class Passage:
    """One customer passing from one person to another; None is the unit's pool."""

    customer_id: int
    from_id: int | None
    to_id: int | None

    def heir_of(self, owner_id: int | None, *, stand_in: int | None) -> int | None:
        """
        Return who gets what hangs on the customer and was ``owner_id``'s.

        The former owner's and what nobody had goes to the new owner. In the pool ``stand_in``, who
        gets the work of the customer's unit, is the owner. What somebody else has, stays theirs.
        """
        if owner_id not in {None, self.from_id or stand_in}:
            return owner_id
        return self.to_id or stand_in


@dataclass(frozen=True)
class OwnerNumbers:
    """
    The numbers by which owners are proposed, load is weighed and claims are limited (M3, M6).

    Points: what each sign is worth when owners are compared. ``face_rank``: from which card level
    on a customer wants an account manager; below it a telephone manager fits. Loads: what one
    customer weighs, by card level from ordinary to diamond, for a group, for a prospect. Capacity:
    how much a person of that role carries unless their own file says otherwise. Percent: above
    ``over_percent`` of the capacity somebody is overloaded, below ``under_percent`` there is room.
    Claims: customers a person may take from the pool per day, and hold of them in total.
    ``languages``: codes of units and the language that is spoken there.
    """

    area_unit: int = 40
    area_city: int = 20
    tier: int = 20
    load: int = 30
    language: int = 15
    face_rank: int = 3
    load_levels: tuple[int, ...] = (1, 2, 3, 4, 6)
    load_group: int = 10
    load_prospect: int = 2
    capacity_account: int = 300
    capacity_telephone: int = 500
    over_percent: int = 100
    under_percent: int = 60
    claims_day: int = 10
    claims_total: int = 50
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Homeless:
    """A customer without an owner, as far as the rules look at one.

    ``rank`` is the card level, None where there is none. ``language`` is spoken where the customer
    is, "" if nothing special.
    """

    pk: int
    unit_id: int
    city: str
    rank: int | None
    is_group: bool
    is_prospect: bool
    language: str = ""


@dataclass(frozen=True)
class Candidate:
    """A person who may own customers: where, by telephone or not, load, capacity, languages."""

    pk: int
    unit_id: int
    city: str
    is_telephone: bool
    load: int
    capacity: int
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Points:
    """What speaks for one person as the owner of one customer, sign by sign."""

    area: int
    tier: int
    load: int
    language: int

    @property
    def total(self) -> int:
        """The sum of all signs."""
        return self.area + self.tier + self.load + self.language


@dataclass(frozen=True)
class Proposal:
    """Who should own a customer and what speaks for it; nobody when everybody is full."""

    customer_id: int
    owner_id: int | None
    points: Points | None


@dataclass(frozen=True)
class Claims:
    """How many customers a person took from the pool today, and holds of it in total."""

    today: int
    held: int


@dataclass(frozen=True)
class Claimed:
    """What came of a claim: customers taken, and those somebody else had taken before."""

    taken: int
    lost: tuple[str, ...]
