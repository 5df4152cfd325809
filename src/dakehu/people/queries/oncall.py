"""Who could take something over: presence, deputies, areas, authority (M1, M4, M7, OP9)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from dakehu.people.choices import PARTNER
from dakehu.people.models import BusinessAuthority, Leave, PartnerArea, Staff, Unit
from dakehu.people.queries.leaves import near_path
from dakehu.people.queries.roles import roles_like
from dakehu.people.querysets import UnitQuerySet

TELEPHONE = "TELEPHONE_MANAGER"


def core_partners_of(unit: Unit) -> list[Staff]:
    """Return the core partners who serve a unit, or one above it; also those who left (OP9)."""
    line = [int(number) for number in (unit.path or "").strip("/").split("/") if number]
    areas = PartnerArea.objects.filter(unit__in=line, removed_at__isnull=True)
    found = Staff.objects.filter(is_core_partner=True, role__in=roles_like(PARTNER))
    return list(found.filter(pk__in=areas.values("staff")).select_related("unit").order_by("pk"))


def areas_of(people: Iterable[int]) -> dict[int, set[int]]:
    """Return the units that partners serve, by person."""
    rows = PartnerArea.objects.filter(staff__in=list(people), removed_at__isnull=True)
    found: dict[int, set[int]] = {}
    for person, unit in rows.values_list("staff", "unit"):
        found.setdefault(person, set()).add(unit)
    return found


def telephone_manager_of(unit: Unit) -> Staff | None:
    """Return the telephone manager of a unit, else that of the nearest unit above it."""
    line = [int(number) for number in (unit.path or "").strip("/").split("/") if number]
    found = Staff.objects.present().filter(unit__in=line, role__in=roles_like(TELEPHONE))
    near = sorted(found.select_related("unit"), key=lambda each: (-each.is_active, each.pk))
    return max(near, key=lambda each: (each.is_active, line.index(each.unit_id)), default=None)


def absent_at(people: Iterable[int], at: datetime) -> dict[int, Staff | None]:
    """Return who of some people is away at an instant, each with their deputy if there is one."""
    leaves = Leave.objects.holding(at).filter(staff__in=list(people)).order_by("-starts_at", "-pk")
    away = dict(leaves.values_list("staff", "deputy"))
    wanted = {deputy for deputy in away.values() if deputy is not None}
    # Nobody is away most of the time; deputies are asked for only where there are any.
    found = Staff.objects.select_related("unit").in_bulk(wanted) if wanted else {}
    return {staff: None if deputy is None else found[deputy] for staff, deputy in away.items()}


def authorities_of(people: Iterable[int], *, on: date) -> dict[int, set[tuple[str, str]]]:
    """Return what people may do on a day, by person: pairs of product and action (M4)."""
    holding = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    rows = BusinessAuthority.objects.filter(
        holding, staff__in=list(people), starts_on__lte=on, removed_at__isnull=True
    )
    found: dict[int, set[tuple[str, str]]] = {}
    for person, product, action in rows.values_list("staff", "product_code", "action"):
        found.setdefault(person, set()).add((product, action))
    return found


def areas_to_name(actor: Staff) -> UnitQuerySet:
    """Return the units that can be named as somebody's area: those of the actor's city, or all."""
    units: UnitQuerySet = Unit.objects.present().order_by("path")
    return units.filter(path__startswith=near_path(actor))
