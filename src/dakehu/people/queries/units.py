"""Units for those who ask: the tree, the cities, and what lies within somebody's reach (M2)."""

from dakehu.people.choices import Scope, UnitKind
from dakehu.people.models import Staff, Unit
from dakehu.people.policies import role_of
from dakehu.people.querysets import UnitQuerySet


def unit_paths() -> dict[int, tuple[int, ...]]:
    """Return, by unit, the numbers of the units above it from the top, and its own last (M2)."""
    rows = Unit.objects.exclude(path=None).values_list("pk", "path")
    return {pk: tuple(map(int, path.strip("/").split("/"))) for pk, path in rows}


def cities() -> dict[str, Unit]:
    """Return the cities of the province by their code, in the order of their codes (F5)."""
    found = Unit.objects.filter(kind=UnitKind.CITY).order_by("code")
    return {city.code: city for city in found}


def cities_within(actor: Staff) -> dict[str, Unit]:
    """Return the cities whose deliveries concern the actor, by code (F12).

    The cities of the actor's reach; somebody of a district or team sees the city they belong to.
    """
    if role_of(actor).scope == Scope.ALL:
        return cities()
    path = actor.unit.path or ""
    return {
        code: city
        for code, city in cities().items()
        if city.path and (city.path.startswith(path) or path.startswith(city.path))
    }


def units_within(actor: Staff) -> UnitQuerySet:
    """Return the units whose work concerns the actor, from the top of the tree (M2).

    Somebody whose reach is their own customers sees their own unit.
    """
    units: UnitQuerySet = Unit.objects.order_by("path")
    return units if role_of(actor).scope == Scope.ALL else units.below(actor.unit)
