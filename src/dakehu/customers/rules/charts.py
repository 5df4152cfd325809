"""Who reports to whom among the people of a group (OP14): pure functions of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """A person in the chart, with those who report to them."""

    person: Any
    below: "tuple[Place, ...]"


def leads_back(person: int, superior: int, above: Mapping[int, int | None]) -> bool:
    """Tell whether ``superior`` stands, by ``above``, below ``person`` or is the same."""
    seen: set[int] = set()
    step: int | None = superior
    while step is not None and step not in seen:
        if step == person:
            return True
        seen.add(step)
        step = above.get(step)
    return False


def chart_of(people: Iterable[Any]) -> tuple[Place, ...]:
    """
    Return people with ``pk`` and ``superior_id`` as a chart, each once, in their order.

    Whose superior is not among them stands at the top; so do those of a ring, which no form lets
    come about.
    """
    held = {person.pk: person for person in people}
    below: dict[int, list[Any]] = {pk: [] for pk in held}
    tops = []
    above = {pk: person.superior_id for pk, person in held.items()}
    for pk, person in held.items():
        superior = person.superior_id
        if superior not in held or leads_back(pk, superior, above):
            tops.append(person)
        else:
            below[superior].append(person)

    def placed(person: Any) -> Place:
        return Place(person, tuple(placed(each) for each in below[person.pk]))

    return tuple(placed(person) for person in tops)
