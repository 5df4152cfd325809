"""Who is away, and who stands in for whom (M1, M7)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404

from dakehu.people.models import Leave, Staff
from dakehu.people.queries.units import units_within
from dakehu.people.querysets import LeaveQuerySet, StaffQuerySet


def leaves_visible_to(actor: Staff) -> LeaveQuerySet:
    """Return the leaves of the people within reach and of the actor, the newest first."""
    within = list(units_within(actor).values_list("pk", flat=True))
    found: LeaveQuerySet = Leave.objects.filter(removed_at__isnull=True)
    found = found.filter(Q(staff__unit__in=within, staff__removed_at=None) | Q(staff=actor))
    return found.select_related("staff__unit", "deputy").order_by("-starts_at", "-pk")


def leaves_of(staff: Staff) -> list[Leave]:
    """Return the leaves of a person, the newest first."""
    found = Leave.objects.filter(staff=staff, removed_at__isnull=True).select_related("deputy")
    return list(found.order_by("-starts_at", "-pk"))


def get_leave(staff: Staff, pk: int) -> Leave:
    """
    Return one leave of a person, be it cancelled.

    :raises Http404: if the person has none with that number.
    """
    leaves = Leave.objects.filter(staff=staff, pk=pk).select_related("deputy")
    found: Leave | None = leaves.first()
    if found is None:
        raise Http404
    return found


def present_leave(staff: Staff) -> Leave | None:
    """Return the leave during which a person is away at this moment, by the database's clock."""
    going_on = Leave.objects.holding(Now()).filter(staff=staff).select_related("deputy")
    return going_on.order_by("starts_at").first()


def covered_now(staff: Staff) -> set[int]:
    """Return for whom a person stands in at this moment, by the database's clock."""
    going_on = Leave.objects.holding(Now()).filter(deputy=staff)
    return set(going_on.values_list("staff", flat=True))


def covered_by(staff: Staff, *, starts_at: datetime, ends_at: datetime) -> list[Leave]:
    """Return the leaves of others in a period during which a person stands in for them."""
    found = Leave.objects.touching(starts_at, ends_at).filter(deputy=staff)
    return list(found.select_related("staff").order_by("starts_at"))


def deputies_for(staff: Staff) -> StaffQuerySet:
    """Return who may stand in for a person: the active people of the same city, else all above.

    The nearest come first: of the same unit, then the others in the order of the tree.
    """
    colleagues: StaffQuerySet = Staff.objects.active().exclude(pk=staff.pk)
    return colleagues.filter(unit__path__startswith=near_path(staff)).select_related("unit")


def near_path(staff: Staff) -> str:
    """Return the path of the city in which a person works; of their own unit above the cities."""
    path = staff.unit.path or ""
    numbers = path.strip("/").split("/")
    return "/".join(numbers[:CITY_DEPTH]) + "/" if len(numbers) > CITY_DEPTH else path


CITY_DEPTH = 3
"""How many units stand on the way to a city, itself included: headquarters, province, city."""


def deputies_now() -> dict[int, int]:
    """Return who stands in for whom at this moment, by the database's clock."""
    going_on = Leave.objects.holding(Now()).filter(deputy__isnull=False).order_by("starts_at")
    return dict(going_on.values_list("staff", "deputy"))


def leaves_between(
    people: Iterable[int], starts_at: datetime, ends_at: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return when people are on leave in a period, by person."""
    rows = Leave.objects.touching(starts_at, ends_at).filter(staff__in=list(people))
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for person, start, end in rows.order_by("starts_at").values_list(
        "staff", "starts_at", "ends_at"
    ):
        found.setdefault(person, []).append((start, end))
    return found
