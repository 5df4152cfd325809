"""Proposals of owners for customers whom nobody looks after, from stored facts (M3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dakehu.customers.choices import CustomerKind
from dakehu.ownership import rules
from dakehu.ownership.queries.candidates import owners_within
from dakehu.ownership.queries.loads import TELEPHONE, Load, loads_of
from dakehu.ownership.queries.pool import pool_visible_to
from dakehu.ownership.values import Candidate, Homeless, OwnerNumbers, Proposal
from dakehu.people.choices import SkillKind
from dakehu.tiering.queries import ranks_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

PROPOSED_AT_ONCE = 200
"""How many customers one page of proposals is about; the next follow when these are placed."""


@dataclass(frozen=True)
class Homes:
    """Customers of a unit whom nobody looks after, and everybody who could.

    ``waiting`` is the number of such customers, of whom ``customers`` are the first.
    """

    customers: tuple[Any, ...]
    waiting: int
    staff: tuple["Staff", ...]
    loads: dict[int, Load]
    ranks: dict[int, int]


def homes_for(actor: "Staff", unit: "Unit", *, on: date, most: int = PROPOSED_AT_ONCE) -> Homes:
    """Return whom nobody looks after in a unit, and who could: the present owners of its city."""
    pool = pool_visible_to(actor).in_unit(unit).order_by("city_code", "number")
    customers = tuple(pool[:most])
    found = owners_within(actor).with_absence().prefetch_related("skills")
    city = city_of(unit)
    staff = tuple(
        person
        for person in found
        if not person.is_away and (not city or city_of(person.unit) == city)
    )
    ranks = ranks_of([each.pk for each in customers])
    return Homes(customers, pool.count(), staff, loads_of(actor, staff, on=on), ranks)


def city_of(unit: "Unit") -> str:
    """Return the code of the city that a unit is or lies in; nothing above the cities."""
    code = unit.code.partition("/")[0]
    return code if len(code) == CITY_CODE and code.isdigit() else ""


CITY_CODE = 2


def proposed(homes: Homes, numbers: OwnerNumbers) -> list[Proposal]:
    """Return who should own each of the customers by the given numbers."""
    customers = [homeless(each, homes.ranks.get(each.pk), numbers) for each in homes.customers]
    candidates = [candidate(person, homes.loads[person.pk], numbers) for person in homes.staff]
    return rules.proposals_for(customers, candidates, numbers)


def differing(homes: Homes, *, before: OwnerNumbers, after: OwnerNumbers) -> int:
    """Return how many customers would be proposed to somebody else by other numbers."""
    pairs = zip(proposed(homes, before), proposed(homes, after), strict=True)
    return sum(old.owner_id != new.owner_id for old, new in pairs)


def homeless(customer: Any, rank: int | None, numbers: OwnerNumbers) -> Homeless:
    """Return a customer as the rules look at one."""
    return Homeless(
        pk=customer.pk,
        unit_id=customer.unit_id,
        city=customer.city_code,
        rank=rank,
        is_group=customer.kind == CustomerKind.GROUP,
        is_prospect=customer.kind == CustomerKind.PROSPECT,
        language=language_in(customer.unit.code, numbers),
    )


def language_in(code: str, numbers: OwnerNumbers) -> str:
    """Return the language that is spoken in a unit: its own entry, else that of its city."""
    spoken = dict(numbers.languages)
    return spoken.get(code) or spoken.get(code.partition("/")[0]) or ""


def candidate(person: "Staff", load: Load, numbers: OwnerNumbers) -> Candidate:
    """Return a person as the rules look at one; loads are weighed by the numbers given."""
    is_telephone = person.role == TELEPHONE
    return Candidate(
        pk=person.pk,
        unit_id=person.unit_id,
        city=city_of(person.unit),
        is_telephone=is_telephone,
        load=weighed(load, numbers),
        capacity=rules.capacity_for(person.capacity, is_telephone=is_telephone, numbers=numbers),
        languages=frozenset(languages_of(person.skills.all())),
    )


def weighed(load: Load, numbers: OwnerNumbers) -> int:
    """Return what somebody's customers weigh by the given numbers."""
    levels = sum(
        count * weight for count, weight in zip(load.ranks, numbers.load_levels, strict=True)
    )
    return (
        levels
        + load.unranked * numbers.load_levels[0]
        + load.groups * numbers.load_group
        + load.prospects * numbers.load_prospect
    )


def languages_of(skills: Iterable[Any]) -> Iterable[str]:
    """Yield the languages among somebody's skills."""
    for skill in skills:
        if skill.kind == SkillKind.LANGUAGE and skill.removed_at is None:
            yield skill.name
