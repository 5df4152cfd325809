"""Adding staff, completing their files, moving, removing and restoring them (M1, M5, F12)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from dakehu.audit.operations import create_record, create_records, save_record
from dakehu.people.errors import UnableToCreateStaff, UnableToKeepStaff
from dakehu.people.models import Staff, Unit
from dakehu.people.operations.posts import follow_post, open_post
from dakehu.people.operations.units import ensure_city
from dakehu.people.queries import led_elsewhere, role_named, roles_to_give
from dakehu.people.values import NewStaff

MANAGER_ROLE = "ACCOUNT_MANAGER"
CHANGEABLE = frozenset(
    {
        "birth_date",
        "capacity",
        "company",
        "education",
        "email",
        "gender",
        "identity_no",
        "is_core_partner",
        "joined_on",
        "name",
        "note",
        "phone",
        "position",
        "role",
        "staff_no",
        "unit",
        "username",
    }
)
UNIQUE = ("username", "staff_no")


@transaction.atomic
def create_staff(
    person: NewStaff,
    *,
    unit: Unit,
    by: Staff | None,
    at: datetime,
    password: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> Staff:
    """
    Add a person to a unit in a role; without a password they cannot log in yet (M1, M5).

    ``details`` are further fields of the file. The work history begins with this post.

    :raises UnableToCreateStaff: if the user name or staff number is taken, or the role unknown.
    :raises UnableToKeepStaff: if the role permits more than the role of who gives it.
    """
    known = {name: value for name, value in (details or {}).items() if name in CHANGEABLE}
    said = {**known, **asdict(person), "unit": unit, "password": make_password(password)}
    staff = Staff(**said)
    staff.password_changed_at = at if password else None
    return store_staff(staff, by=by, at=at)


@transaction.atomic
def store_staff(staff: Staff, *, by: Staff | None, at: datetime, reason: str = "") -> Staff:
    """
    Store a person who is complete; the work history begins with this post.

    :raises UnableToCreateStaff: if the user name or staff number is taken, or the role unknown.
    :raises UnableToKeepStaff: if the role permits more than the role of who gives it.
    """
    if role_named(staff.role) is None:
        raise UnableToCreateStaff(staff.username)
    refuse_role(staff.role, by=by)
    try:
        with transaction.atomic():
            create_record(staff, by=by, at=at, reason=reason)
    except IntegrityError as error:
        raise UnableToCreateStaff(staff.username) from error
    if by is not None:
        open_post(staff, by=by, at=at)
    return staff


@transaction.atomic
def change_staff(
    staff: Staff,
    *,
    values: Mapping[str, Any],
    version: int | None = None,
    by: Staff | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Change what the file says of a person; who moves gets a line in the work history (M1).

    :return: whether anything changed.
    :raises UnableToKeepStaff: if a number is taken, the role permits too much, one's own role or
        unit would change, or the person leads a unit that the new one does not see.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    before = Staff.objects.select_related("unit").get(pk=staff.pk)
    for name in CHANGEABLE & values.keys():
        setattr(staff, name, values[name])
    # The role is read once per person; it may have just become another one.
    staff.__dict__.pop("held_role", None)
    refuse_taken(staff)
    if staff.role != before.role or staff.unit_id != before.unit_id:
        refuse_move(staff, before, by=by)
    changed = save_record(staff, version=version, by=by, at=at, reason=reason)
    if changed:
        follow_post(staff, before, by=by, at=at)
    return changed


def refuse_taken(staff: Staff) -> None:
    """Pass in silence if nobody else has the person's user name and staff number.

    :raises UnableToKeepStaff: otherwise.
    """
    for name in UNIQUE:
        value = getattr(staff, name)
        if value in (None, ""):
            continue
        holder = Staff.objects.filter(**{name: value}).exclude(pk=staff.pk).first()
        if holder:
            raise UnableToKeepStaff.taken(name, holder.name)


def refuse_move(staff: Staff, before: Staff, *, by: Staff | None) -> None:
    """Pass in silence if somebody may put the person into the new role and unit.

    :raises UnableToKeepStaff: otherwise.
    """
    if by is not None and by.pk == staff.pk:
        raise UnableToKeepStaff.own_role()
    if staff.role != before.role:
        refuse_role(staff.role, by=by)
        refuse_role(before.role, by=by)
    led = led_elsewhere(staff, staff.unit)
    if led:
        raise UnableToKeepStaff.leads_elsewhere(led[0])


def refuse_role(code: str, *, by: Staff | None) -> None:
    """Pass in silence if ``by`` may give and take the role; the installation itself may.

    :raises UnableToKeepStaff: otherwise.
    """
    if by is not None and code not in {role.code for role in roles_to_give(by)}:
        raise UnableToKeepStaff.beyond_right()


@transaction.atomic
def ensure_log_in(
    person: NewStaff, *, unit_code: str, by: Staff | None, at: datetime, password: str | None
) -> Staff:
    """
    Return the person with that user name, made if missing; an existing log-in is left alone.

    A manager whom only the city files know so far is given the name, role, unit and log-in.

    :raises Unit.DoesNotExist: if no unit has ``unit_code``.
    """
    known: Staff | None = Staff.objects.filter(username=person.username).first()
    if known:
        return known
    unit = Unit.objects.get(code=unit_code)
    stub: Staff | None = None
    if person.staff_no:
        stub = Staff.objects.filter(staff_no=person.staff_no).first()
    if stub is None:
        stub = create_staff(person, unit=unit, by=by, at=at)
    stub.username, stub.name = person.username, person.name
    stub.unit, stub.role = unit, person.role
    if password:
        # Without an age: the log-ins of a demonstration stay as they were printed.
        stub.password = make_password(password)
    save_record(stub, by=by, at=at)
    return stub


@transaction.atomic
def set_password(
    *, staff: Staff, password: str, by: Staff | None, at: datetime, must_change: bool = False
) -> None:
    """
    Give a person a password; the record says that it changed, never what it is.

    With ``must_change`` they choose another one at their next log-in. Whether a password keeps
    the rules is asked where it is chosen.
    """
    staff.password, staff.password_changed_at = make_password(password), at
    staff.must_change_password = must_change
    save_record(staff, by=by, at=at)


@transaction.atomic
def move_staff(
    *, staff: Staff, unit: Unit, role: str, by: Staff | None, at: datetime, reason: str = ""
) -> None:
    """Put a person into another unit or role; what does not change is not recorded."""
    change_staff(staff, values={"unit": unit, "role": role}, by=by, at=at, reason=reason)


@transaction.atomic
def ensure_managers(numbers: Iterable[str], *, city_code: str, at: datetime) -> int:
    """
    Make an account manager of the city for every manager number that nobody has yet.

    They have no log-in until an administrator gives them one, and are called by their number
    until somebody names them. Returns how many were made.
    """
    wanted = set(numbers)
    known = set(Staff.objects.filter(staff_no__in=wanted).values_list("staff_no", flat=True))
    missing = sorted(wanted - known)
    if not missing:
        return 0
    city = ensure_city(city_code, at=at)
    taken = set(Staff.objects.filter(username__in=missing).values_list("username", flat=True))
    made = create_records(
        (
            Staff(
                username=f"no-{number}" if number in taken else number,
                staff_no=number,
                name=number,
                role=MANAGER_ROLE,
                unit=city,
                password=make_password(None),
            )
            for number in missing
        ),
        by=None,
        at=at,
    )
    return len(made)
