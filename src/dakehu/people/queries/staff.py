"""Staff for those who ask: who may be given work, who stands in for nobody (M1, M7)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q

from dakehu.people.models import Leave, Staff, Unit
from dakehu.people.policies import reach
from dakehu.people.queries.roles import roles, roles_with
from dakehu.people.queries.units import units_within
from dakehu.people.querysets import StaffQuerySet
from dakehu.ui.picking import key_in

SUGGESTED = 12
FALLBACK_ROLES = ("TELEPHONE_MANAGER", "DISPATCHER")
"""Who gets the work of a unit's customers without a manager, the first choice first (M7)."""


def fallback_owners() -> Mapping[int, int]:
    """
    Return, by unit, who gets work on customers without a manager.

    The unit's telephone manager, else the one of the nearest unit above; else its dispatcher, in
    the same way. A role made on screen counts as the one it is modelled on. Units without either
    are absent. Of several the one with the lowest number.
    """
    nearest: dict[str, dict[int, int]] = {role: {} for role in FALLBACK_ROLES}
    kinds = {code: role.kind for code, role in roles().items() if role.kind in nearest}
    staff = Staff.objects.active().filter(role__in=kinds).order_by("-pk")
    for role, unit_id, pk in staff.values_list("role", "unit_id", "pk"):
        nearest[kinds[role]][unit_id] = pk
    owners = {}
    for pk, path in Unit.objects.values_list("pk", "path"):
        upward = [int(number) for number in reversed((path or str(pk)).strip("/").split("/"))]
        found = (nearest[role].get(unit) for role in FALLBACK_ROLES for unit in upward)
        owner = next((candidate for candidate in found if candidate), None)
        if owner:
            owners[pk] = owner
    return owners


def colleagues_of(actor: Staff, *, permission: str) -> StaffQuerySet:
    """Return the active staff to whom ``actor`` may give work that needs ``permission``.

    They belong to the actor's unit or one below; somebody whose reach is their own customers may
    pass work on within their unit (P7).
    """
    within = list(Unit.objects.below(actor.unit).values_list("pk", flat=True))
    staff: StaffQuerySet = Staff.objects.active()
    found = staff.filter(unit__in=within, role__in=roles_with(permission))
    return found.select_related("unit").order_by("unit__path", "name", "pk")


def staff_who_may(permission: str) -> StaffQuerySet:
    """Return the active staff whose role carries ``permission``, wherever they are (M5)."""
    staff: StaffQuerySet = Staff.objects.active()
    return staff.filter(role__in=roles_with(permission)).select_related("unit").order_by("pk")


def decider_for(asker: Staff, permission: str) -> int | None:
    """Return who decides what a person asks for: of those who may, the nearest unit upward."""
    path = asker.unit.path or ""
    nearest: tuple[int, int] | None = None
    for other in staff_who_may(permission).exclude(pk=asker.pk):
        if Staff.objects.filter(reach(other, unit="unit", owner="pk"), pk=asker.pk).exists():
            depth = len(other.unit.path or "") if path.startswith(other.unit.path or "") else 0
            nearest = max(nearest or (-1, 0), (depth, -other.pk))
    return -nearest[1] if nearest else None


def staff_visible_to(actor: Staff) -> StaffQuerySet:
    """Return the staff of the units that concern the actor, in the order of the tree (M1)."""
    units = list(units_within(actor).values_list("pk", flat=True))
    staff: StaffQuerySet = Staff.objects.present()
    return staff.filter(unit__in=units).select_related("unit").order_by("unit__path", "name", "pk")


def responsible_for(*, manager_id: int | None, unit_id: int) -> int | None:
    """
    Return who answers for a customer: the manager, else who stands in for the unit (M7).

    For many customers at once ask :func:`fallback_owners` once.
    """
    return manager_id or fallback_owners().get(unit_id)


def person_on_duty(
    *, manager_id: int | None, unit_id: int, permission: str, at: datetime
) -> int | None:
    """
    Return who can act for a customer at this very moment, if anybody can (M1, M7).

    The manager; while they are away their deputy; else whoever gets the work of the unit's
    customers without a manager. Only the active count whose role carries ``permission``.
    """
    able = set(staff_who_may(permission).values_list("pk", flat=True))
    leaves = Leave.objects.holding(at).order_by("starts_at", "pk")
    away = dict(leaves.values_list("staff_id", "deputy_id"))
    fallback = fallback_owners().get(unit_id)
    for first in (manager_id, fallback):
        person = away.get(first, first)
        if person in able and person not in away:
            return person
    return manager_id if manager_id in able else fallback


def staff_above(unit_id: int, *, permission: str) -> list[int]:
    """Return who of a unit and of those above it may do something, the nearest first."""
    path = Unit.objects.values_list("path", flat=True).get(pk=unit_id) or ""
    line = [int(number) for number in path.strip("/").split("/") if number]
    found = staff_who_may(permission).filter(unit__in=line)
    return [person.pk for person in sorted(found, key=lambda each: -line.index(each.unit_id))]


def staff_by_unit() -> dict[int, int]:
    """Return how many active people belong to each unit itself; no names, so for any actor."""
    staff: StaffQuerySet = Staff.objects.active()
    counted = staff.order_by().values("unit").annotate(count=Count("pk"))
    return dict(counted.values_list("unit", "count"))


def person_named(actor: Staff, typed: str) -> Staff | None:
    """
    Return the one person whom the actor may see and who was meant.

    By the words of a suggestion, user name, manager number, record number, or a whole name that
    only one person has.
    """
    key = key_in(typed) or typed
    meant = Q(username=key) | Q(staff_no=key) | Q(name=typed)
    if key.isdecimal():
        meant |= Q(pk=key)
    found: list[Staff] = list(staff_visible_to(actor).filter(meant)[:SUGGESTED])
    for name, word in (("username", key), ("staff_no", key), ("pk", key), ("name", typed)):
        alike = [person for person in found if str(getattr(person, name)) == word]
        if len(alike) == 1:
            return alike[0]
    return None


def people_suggested(actor: Staff, typed: str) -> list[Staff]:
    """Return the first people whose name holds what is typed, or whose number begins with it."""
    words = key_in(typed) or typed.strip()
    alike = Q(name__contains=words) | Q(username__startswith=words) | Q(staff_no__startswith=words)
    return list(staff_visible_to(actor).active().filter(alike)[:SUGGESTED])
