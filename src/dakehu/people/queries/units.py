"""Units for those who ask: the tree, the cities, and what lies within somebody's reach (M2)."""

from collections import Counter

from django.http import Http404

from dakehu.people.choices import DutyPart, Scope, UnitKind
from dakehu.people.models import Staff, Unit, UnitDuty, UnitPlace
from dakehu.people.policies import may, role_of
from dakehu.people.querysets import UnitQuerySet
from dakehu.people.rules import is_on_one_line


def unit_paths() -> dict[int, tuple[int, ...]]:
    """Return, by unit, the numbers of the units above it from the top, and its own last (M2)."""
    rows = Unit.objects.exclude(path=None).values_list("pk", "path")
    return {pk: tuple(map(int, path.strip("/").split("/"))) for pk, path in rows}


def unit_names() -> dict[str | int, str]:
    """Return the names of the units in use by number; those of one name with their code."""
    rows = list(Unit.objects.present().order_by("path").values_list("pk", "name", "code"))
    names = Counter(name for _pk, name, _code in rows)
    return {pk: name if names[name] == 1 else f"{name} ({code})" for pk, name, code in rows}


def top_unit() -> Unit | None:
    """Return the topmost unit of the tree, if there is any yet (M2)."""
    found: Unit | None = Unit.objects.present().filter(parent=None).order_by("path").first()
    return found


def cities() -> dict[str, Unit]:
    """Return the cities of the province by their code, in the order of their codes (F5)."""
    found = Unit.objects.present().filter(kind=UnitKind.CITY).order_by("code")
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
    units: UnitQuerySet = Unit.objects.present().order_by("path")
    return units if role_of(actor).scope == Scope.ALL else units.below(actor.unit)


def removed_units(actor: Staff) -> UnitQuerySet:
    """Return the units that were removed, for those who may bring them back."""
    units: UnitQuerySet = Unit.objects.filter(removed_at__isnull=False).order_by("-removed_at")
    if not may(actor, "people.manage"):
        return units.none()
    return units if role_of(actor).scope == Scope.ALL else units.below(actor.unit)


def get_unit(actor: Staff, pk: int) -> Unit:
    """
    Return one unit that concerns the actor, with its leader and parent at hand.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    for units in (units_within(actor), removed_units(actor)):
        found: Unit | None = units.select_related("leader__unit", "parent").filter(pk=pk).first()
        if found:
            return found
    raise Http404


def line_of(unit: Unit) -> list[Unit]:
    """Return the units above a unit, from the top, and the unit itself last; names only."""
    numbers = [int(number) for number in (unit.path or "").strip("/").split("/") if number]
    found = Unit.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def full_name_of(unit: Unit) -> str:
    """Return a unit's name with those above it, from the province down."""
    line = [each for each in line_of(unit) if each.parent_id is not None] or [unit]
    return " ".join(each.name for each in line)


def places_of(unit: Unit) -> list[UnitPlace]:
    """Return where a unit stood in the tree, the newest first (M2)."""
    found = UnitPlace.objects.filter(unit=unit).select_related("parent")
    return list(found.order_by("-active_from", "-pk"))


def duties_of(unit: Unit) -> dict[str, UnitDuty]:
    """Return the part that a unit takes in services, by the service's code (M10)."""
    found = UnitDuty.objects.filter(unit=unit, removed_at__isnull=True)
    return {duty.service: duty for duty in found}


def leading_units(service: str) -> dict[int, Unit]:
    """Return the units that lead a service, by number (C22, M10)."""
    led = UnitDuty.objects.filter(
        service=service, part=DutyPart.LEAD, removed_at__isnull=True, unit__removed_at__isnull=True
    )
    return {duty.unit_id: duty.unit for duty in led.select_related("unit")}


def duties_within(actor: Staff) -> list[UnitDuty]:
    """Return who leads and who supports which service among the actor's units (M10)."""
    found = UnitDuty.objects.filter(removed_at__isnull=True, unit__in=units_within(actor))
    return list(found.select_related("unit__parent").order_by("unit__path"))


def parents_for(actor: Staff, *, kinds: tuple[str, ...], moved: Unit | None) -> UnitQuerySet:
    """Return the actor's units of those kinds under which a unit may be put (M2).

    A unit that is moved cannot stand under itself or below.
    """
    units: UnitQuerySet = units_within(actor).filter(kind__in=kinds)
    return units.exclude(path__startswith=moved.path) if moved else units


def led_elsewhere(staff: Staff, unit: Unit) -> list[Unit]:
    """Return the units that a person leads and could not lead from ``unit``."""
    led = Unit.objects.present().filter(leader=staff)
    return [each for each in led if not is_on_one_line(each.path or "", unit.path or "")]
