"""How many customers a manager has, by level, and what they weigh (M6)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import count_by_manager, customers_visible_to
from dakehu.ownership import rules
from dakehu.ownership.queries.candidates import owners_within
from dakehu.ownership.queries.numbers import numbers_in_force
from dakehu.ownership.values import RANKS, OwnerNumbers
from dakehu.people.choices import Scope
from dakehu.people.policies import role_of
from dakehu.tiering.queries import levels_by_manager

if TYPE_CHECKING:
    from dakehu.people.models import Staff

TELEPHONE = "TELEPHONE_MANAGER"


@dataclass(frozen=True)
class Load:
    """What one person carries: customers by card level (by rank), groups, prospects, the rest.

    ``total`` is the number of customers that the list shows for this person; ``load`` weighs them.
    """

    ranks: tuple[int, ...]
    groups: int
    prospects: int
    unranked: int
    load: int
    capacity: int
    standing: str

    @property
    def total(self) -> int:
        """The number of customers, whatever they weigh."""
        return sum(self.ranks) + self.groups + self.prospects + self.unranked

    @property
    def others(self) -> int:
        """Prospects, and individuals without a level."""
        return self.prospects + self.unranked

    @property
    def percent(self) -> int:
        """The load in per cent of the capacity, rounded down."""
        return 100 * self.load // self.capacity if self.capacity else 100 * bool(self.load)


def loads_of(actor: "Staff", people: Iterable["Staff"], *, on: date) -> dict[int, Load]:
    """
    Return, by person, what they carry of the customers within the actor's reach.

    Three queries, however many people there are.
    """
    staff = list(people)
    numbers = numbers_in_force(on=on)
    managers = [person.pk for person in staff]
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    for manager, kind, count in count_by_manager(actor, managers):
        kinds[manager][kind] = count
    theirs = customers_visible_to(actor).filter(manager__in=managers).order_by()
    levels = levels_by_manager(theirs.values("pk"))
    return {
        person.pk: _load(
            person,
            kinds[person.pk],
            tuple(levels.get((person.pk, rank), 0) for rank in range(RANKS)),
            numbers,
        )
        for person in staff
    }


def _load(
    person: "Staff", kinds: Counter[str], ranks: tuple[int, ...], numbers: OwnerNumbers
) -> Load:
    unranked = kinds[CustomerKind.INDIVIDUAL] - sum(ranks)
    groups, prospects = kinds[CustomerKind.GROUP], kinds[CustomerKind.PROSPECT]
    load = (
        sum(count * weight for count, weight in zip(ranks, numbers.load_levels, strict=True))
        + unranked * numbers.load_levels[0]
        + groups * numbers.load_group
        + prospects * numbers.load_prospect
    )
    capacity = rules.capacity_for(
        person.capacity, is_telephone=person.role == TELEPHONE, numbers=numbers
    )
    standing = rules.standing_for(load, capacity, numbers)
    return Load(ranks, groups, prospects, unranked, load, capacity, standing)


def owners_shown_to(actor: "Staff") -> list["Staff"]:
    """Return those who look after customers within the actor's reach; some see but themselves."""
    found = owners_within(actor)
    if role_of(actor).scope == Scope.OWN:
        found = found.filter(pk=actor.pk)
    elif role_of(actor).scope == Scope.UNIT:
        found = found.filter(unit=actor.unit_id)
    return list(found)


def load_words(actor: "Staff", people: Iterable["Staff"], *, on: date) -> dict[int, str]:
    """Return, by person, load and capacity as a picker shows them; of those who own customers."""
    loads = loads_of(actor, people, on=on)
    return {
        pk: f"{load.load}/{load.capacity} ({load.percent} %)"
        for pk, load in loads.items()
        if load.total
    }


def owner_choices(actor: "Staff", *, on: date) -> list[tuple[int, str]]:
    """Return whom ``actor`` may give customers, each with unit and load, for a picker."""
    people = list(owners_within(actor).with_absence())
    loads = loads_of(actor, people, on=on)
    return [(person.pk, _choice_words(person, loads[person.pk])) for person in people]


def _choice_words(person: "Staff", load: Load) -> str:
    words = f"{person.name} · {person.unit} · {load.load}/{load.capacity} ({load.percent} %)"
    # Told by the query, see ``StaffQuerySet.with_absence``.
    is_away = getattr(person, "is_away", False)
    away = _("on leave")
    return f"{words} · {away}" if is_away else words
