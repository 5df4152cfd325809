"""Who may do what, and over which rows (M5, F12, promise 3)."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from dakehu.people.choices import Scope, UnitKind

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.people.values import Role

ABOVE_CITIES = frozenset({UnitKind.HEADQUARTERS, UnitKind.PROVINCE})


def role_of(actor: "Staff") -> "Role":
    """Return the role that an actor holds."""
    return actor.held_role


def may(actor: "Staff", permission: str) -> bool:
    """Tell whether the actor's role carries ``permission`` (``context.verb``)."""
    return actor.may(permission)


def require(actor: "Staff", permission: str) -> None:
    """Pass in silence if the actor holds ``permission``.

    :raises PermissionDenied: otherwise; the page says so in words.
    """
    if not may(actor, permission):
        raise PermissionDenied(permission)


def require_file(actor: "Staff", pk: int) -> None:
    """Pass in silence if the actor may read the file of person ``pk``; everybody reads their own.

    :raises PermissionDenied: otherwise.
    """
    if pk != actor.pk:
        require(actor, "people.view")


def may_keep_file(actor: "Staff", staff: "Staff") -> bool:
    """Tell whether the actor keeps the file of a person within reach; nobody keeps their own."""
    return staff.pk != actor.pk and not staff.removed_at and may(actor, "people.files")


def may_plan_leave(actor: "Staff", staff: "Staff") -> bool:
    """
    Tell whether the actor may enter leave for a person within reach.

    One's own; that of the people one keeps the files of; and that of the unit one leads, with the
    units below it.
    """
    if staff.removed_at:
        return False
    if staff.pk == actor.pk or may(actor, "people.files"):
        return True
    numbers = [int(number) for number in (staff.unit.path or "").strip("/").split("/") if number]
    return type(staff.unit).objects.filter(pk__in=numbers, leader=actor).exists()


def reach(actor: "Staff", *, unit: str, owner: str) -> Q:
    """Return the filter that keeps the rows within the actor's scope.

    ``unit`` and ``owner`` name the fields (or paths) of a row's unit and of the person answerable
    for it. Every list, page, search, export and figure passes through here (promise 3).
    """
    scope = role_of(actor).scope
    if scope == Scope.ALL or (scope == Scope.SUBTREE and actor.unit.parent_id is None):
        return Q()
    if scope == Scope.SUBTREE:
        return within_subtree(actor, unit)
    if scope == Scope.UNIT:
        return Q(**{unit: actor.unit_id})
    return Q(**{owner: actor.pk})


def within_subtree(actor: "Staff", unit: str) -> Q:
    """
    Return the filter that keeps the rows of the actor's unit and of all units below it.

    It names the units within, or those without where these are fewer: of a province there are
    hundreds within, and a list of hundreds is compared with every row. Plain numbers, not a
    subquery: both databases then use the index of the row's unit.
    """
    path = actor.unit.path or ""
    within: list[int] = []
    without: list[int] = []
    for pk, other in type(actor.unit).objects.values_list("pk", "path"):
        (within if (other or "").startswith(path) else without).append(pk)
    if len(within) <= len(without):
        return Q(**{f"{unit}__in": within})
    return Q(**{f"{unit}__isnull": False}) & ~Q(**{f"{unit}__in": without})


def city_code_of(actor: "Staff") -> str:
    """Return the code of the city that the actor's unit is or lies in; nothing above the cities.

    Units below a city are coded ``<city>/<name>``.
    """
    unit = actor.unit
    return "" if unit.kind in ABOVE_CITIES else unit.code.split("/")[0]
