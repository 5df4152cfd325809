"""Adding staff, giving them log-ins, moving them (M1, M5, F12)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change, record_changes
from dakehu.people.choices import ROLES
from dakehu.people.errors import UnableToCreateStaff
from dakehu.people.models import Staff, Unit
from dakehu.people.operations.units import ensure_city
from dakehu.people.values import NewStaff

MANAGER_ROLE = "ACCOUNT_MANAGER"


@transaction.atomic
def create_staff(
    person: NewStaff, *, unit: Unit, by: Staff | None, at: datetime, password: str | None = None
) -> Staff:
    """
    Add a person to a unit in a role; without a password they cannot log in yet (M1, M5).

    :raises UnableToCreateStaff: if the user name or staff number is taken, or the role unknown.
    """
    if person.role not in ROLES:
        raise UnableToCreateStaff(person.username)
    try:
        with transaction.atomic():
            staff: Staff = Staff.objects.create(
                **asdict(person), unit=unit, password=make_password(password)
            )
    except IntegrityError as error:
        raise UnableToCreateStaff(person.username) from error
    fields = {"username": ("", person.username), "role": ("", person.role)}
    record_change(verb=ChangeVerb.CREATED, subject=staff, fields=fields, by=by, at=at)
    return staff


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
        return create_staff(person, unit=unit, by=by, at=at, password=password)
    stub.username, stub.name = person.username, person.name
    stub.save(update_fields=["username", "name"])
    move_staff(staff=stub, unit=unit, role=person.role, by=by, at=at)
    if password:
        set_password(staff=stub, password=password, by=by, at=at)
    return stub


@transaction.atomic
def set_password(*, staff: Staff, password: str, by: Staff | None, at: datetime) -> None:
    """Give a person a password; the record says that it changed, never what it is."""
    staff.password = make_password(password)
    staff.save(update_fields=["password"])
    record_change(
        verb=ChangeVerb.CHANGED, subject=staff, fields={"password": ("***", "***")}, by=by, at=at
    )


@transaction.atomic
def move_staff(
    *, staff: Staff, unit: Unit, role: str, by: Staff | None, at: datetime, reason: str = ""
) -> None:
    """Put a person into another unit or role; what does not change is not recorded."""
    fields = {}
    if unit != staff.unit:
        fields["unit"] = (staff.unit.name, unit.name)
    if role != staff.role:
        fields["role"] = (staff.role, role)
    if not fields:
        return
    staff.unit, staff.role = unit, role
    staff.save(update_fields=["unit", "role"])
    record_change(
        verb=ChangeVerb.CHANGED, subject=staff, fields=fields, by=by, at=at, reason=reason
    )


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
    made = Staff.objects.bulk_create(
        Staff(
            username=f"no-{number}" if number in taken else number,
            staff_no=number,
            name=number,
            role=MANAGER_ROLE,
            unit=city,
            password=make_password(None),
        )
        for number in missing
    )
    changes = [(staff, {"staff_no": ("", staff.staff_no)}) for staff in made]
    record_changes(verb=ChangeVerb.CREATED, changes=changes, by=None, at=at)
    return len(made)
