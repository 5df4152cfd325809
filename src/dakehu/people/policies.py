"""Who may do what, and over which rows (M5, F12, promise 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value
from django.db.models.functions import Now

from dakehu.people.choices import Scope, ShareSubject
from dakehu.people.models import Leave, Share, Unit

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.people.values import Role

# More cities are not worth naming: the index of a city then saves little.
FEW_CITIES = 3


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


def is_within_own(role: "Role", actor: "Staff") -> bool:
    """Tell whether a role permits and reaches no more than the actor's own."""
    own = role_of(actor)
    return role.permissions <= own.permissions and is_as_wide(own.scope, role.scope)


def is_as_wide(scope: str, other: str) -> bool:
    """Tell whether a scope is at least as wide as another."""
    widths = list(Scope.values)
    return widths.index(scope) >= widths.index(other)


def require_file(actor: "Staff", pk: int) -> None:
    """Pass in silence if the actor may read the file of person ``pk``; everybody reads their own.

    :raises PermissionDenied: otherwise.
    """
    if pk != actor.pk:
        require(actor, "people.view")


def may_keep_file(actor: "Staff", staff: "Staff") -> bool:
    """Tell whether the actor keeps the file of a person within reach; nobody keeps their own."""
    return staff.pk != actor.pk and not staff.removed_at and may(actor, "people.files")


def may_reveal(actor: "Staff", staff: "Staff") -> bool:
    """Tell whether the actor may see the masked values of a person within reach; one's own yes."""
    return staff.pk == actor.pk or may(actor, "people.reveal")


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


def reach(actor: "Staff", *, unit: str, owner: str, customer: str = "", city: str = "") -> Q:
    """Return the filter that keeps the rows within the actor's scope.

    ``unit``, ``owner`` and ``customer`` name the fields (or paths) of a row's unit, of the person
    answerable for it and of its customer; ``city`` that of its city, where an index begins with
    it. Every list, page, search, export and figure passes through here (promise 3).

    Beyond the scope of the role lies what was shared with the actor, and what belongs to somebody
    for whom the actor stands in at this moment, by the database's clock. Both add rows, never
    permissions.
    """
    own = within_role(actor, unit=unit, owner=owner, city=city)
    if not own:
        return own
    return granted(grants_of(actor), own, unit=unit, owner=owner, customer=customer)


def within_role(actor: "Staff", *, unit: str, owner: str, city: str = "") -> Q:
    """Return the filter that keeps the rows within the scope of the actor's role alone.

    What was shared with the actor lies beyond it: nobody passes on what they were shown.
    """
    scope = role_of(actor).scope
    if scope == Scope.ALL or (scope == Scope.SUBTREE and actor.unit.parent_id is None):
        return Q()
    if scope == Scope.SUBTREE:
        return within_subtree(actor, unit, city)
    if scope == Scope.UNIT:
        return Q(**{unit: actor.unit_id}) & of_cities([actor.unit.code], city)
    return Q(**{owner: actor.pk})


@dataclass(frozen=True)
class Grants:
    """What an actor sees beyond their scope: customers, and all that people or units have."""

    customers: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    units: tuple[int, ...] = ()


def grants_of(actor: "Staff") -> Grants:
    """Return what is shared with an actor at this moment, and for whom they stand in (M1)."""
    shared = Share.objects.holding(Now()).filter(staff=actor).order_by()
    covered = Leave.objects.holding(Now()).filter(deputy=actor).order_by()
    found: dict[str, set[int]] = {subject: set() for subject in ShareSubject.values}
    for subject, number in shared.values_list("subject", "subject_id").union(
        covered.values_list(Value(ShareSubject.MANAGER), "staff_id"), all=True
    ):
        found[subject].add(number)
    return Grants(
        customers=tuple(sorted(found[ShareSubject.CUSTOMER])),
        owners=tuple(sorted(found[ShareSubject.MANAGER])),
        units=units_below(found[ShareSubject.UNIT]),
    )


def units_below(numbers: set[int]) -> tuple[int, ...]:
    """Return the numbers of units and of all units below them."""
    if not numbers:
        return ()
    paths = dict(Unit.objects.exclude(path=None).values_list("pk", "path"))
    tops = tuple(paths[number] for number in numbers if number in paths)
    return tuple(sorted(pk for pk, path in paths.items() if path.startswith(tops)))


def granted(grants: Grants, own: Q, *, unit: str, owner: str, customer: str) -> Q:
    """
    Return the filter of the scope, widened by what was granted.

    Plain numbers, and no alternative at all for those who have nothing: a list of a million
    customers then keeps the index of its scope.
    """
    wider = own
    if grants.units:
        wider |= Q(**{f"{unit}__in": grants.units})
    if grants.owners:
        wider |= Q(**{f"{owner}__in": grants.owners})
    if grants.customers and customer:
        wider |= Q(**{f"{customer}__in": grants.customers})
    return wider


def within_subtree(actor: "Staff", unit: str, city: str = "") -> Q:
    """
    Return the filter that keeps the rows of the actor's unit and of all units below it.

    It names the units within, or those without where these are fewer: of a province there are
    hundreds within, and a list of hundreds is compared with every row. Plain numbers, not a
    subquery: both databases then use the index of the row's unit.
    """
    path = actor.unit.path or ""
    within: dict[int, str] = {}
    without: list[int] = []
    for pk, other, code in type(actor.unit).objects.values_list("pk", "path", "code"):
        if (other or "").startswith(path):
            within[pk] = code
        else:
            without.append(pk)
    if len(within) <= len(without):
        return Q(**{f"{unit}__in": list(within)}) & of_cities(within.values(), city)
    return Q(**{f"{unit}__isnull": False}) & ~Q(**{f"{unit}__in": without})


def of_cities(codes: Iterable[str], city: str) -> Q:
    """
    Return the filter that keeps the rows of the cities to which units with ``codes`` belong.

    It says nothing new, but the rows of a city have an index, those of its units have not. A unit
    keeps the code of the city that delivers its customers wherever it is moved. Empty where the
    units are not of a few cities alone, or no field ``city`` is named.
    """
    cities = {code.split("/")[0] for code in codes}
    if not city or len(cities) > FEW_CITIES or not all(map(str.isdigit, cities)):
        return Q()
    return Q(**{city: cities.pop()}) if len(cities) == 1 else Q(**{f"{city}__in": sorted(cities)})
