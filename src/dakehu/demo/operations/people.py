"""Furnish the people of the demonstration: departments, files, leaders, leave and deputies."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.demo.rules import departments, files
from dakehu.demo.rules.departments import Department
from dakehu.demo.values import DemoBook
from dakehu.people.choices import UnitKind
from dakehu.people.operations import (
    add_entry,
    change_staff,
    change_unit,
    create_unit,
    move_unit,
    plan_leave,
    set_duties,
)
from dakehu.people.queries import (
    cities,
    entries_of,
    full_name_of,
    leaves_of,
    staff_visible_to,
    units_within,
)
from dakehu.people.values import Absence, Duty, NewUnit

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

DAY = timedelta(days=1)
# When somebody of a city is away, counted from the first morning: from, until before, and why.
ABSENCES = ((-40, -33, "年休假"), (-1, 4, "年休假"), (12, 19, "探亲假"))
LEADERS = {"NETWORK": "ENGINEER", "KEY_ACCOUNT_SERVICE": "CHIEF_REPRESENTATIVE"}


@transaction.atomic
def furnish_people(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Give the province its departments, and everybody a believable file; once."""
    province = administrator.unit
    if units_within(administrator).filter(parent=province, kind=UnitKind.TEAM).exists():
        return
    found_departments(province, departments.OF_THE_PROVINCE, by=administrator, at=at)
    for city in cities().values():
        found_departments(city, departments.OF_A_CITY, by=administrator, at=at)
        place_specialists(city, by=administrator, at=at)
        name_leaders(city, by=administrator, at=at)
        regroup(city, by=administrator, at=at)
    for person in staff_visible_to(administrator):
        fill_file(person, by=administrator, at=at)
    for city in cities().values():
        send_on_leave(city, by=administrator, at=at)


def found_departments(
    above: "Unit", wanted: tuple[Department, ...], *, by: "Staff", at: datetime
) -> None:
    """Make departments under a unit, each with its part in the services."""
    for each in wanted:
        new = NewUnit(UnitKind.TEAM, each.function, each.name)
        unit = create_unit(new, parent=above, by=by, at=at)
        parts = {service: Duty("LEAD") for service in each.leads}
        parts |= {service: Duty("SUPPORT") for service in each.supports}
        set_duties(unit, wanted=parts, seen={}, by=by, at=at)


def place_specialists(city: "Unit", *, by: "Staff", at: datetime) -> None:
    """Put the engineers and the chief representative of a city into their departments."""
    teams = {unit.function: unit for unit in teams_of(city, by)}
    for function, role in LEADERS.items():
        for person in staff_visible_to(by).filter(unit=city, role=role):
            change_staff(person, values={"unit": teams[function]}, by=by, at=at)


def name_leaders(city: "Unit", *, by: "Staff", at: datetime) -> None:
    """Let a city's supervisor lead it, and the first specialist each department."""
    staff = staff_visible_to(by)
    leader = staff.filter(unit=city, role="SUPERVISOR").first()
    change_unit(city, values={"leader": leader}, by=by, at=at)
    for team in teams_of(city, by):
        first = staff.filter(unit=team).order_by("pk").first()
        if first:
            change_unit(team, values={"leader": first}, by=by, at=at)


def regroup(city: "Unit", *, by: "Staff", at: datetime) -> None:
    """Move a team from a district to the department, so that there is a history to see."""
    department = next(iter(teams_of(city, by)))
    district = units_within(by).filter(parent=city, kind=UnitKind.DISTRICT).first()
    if district is None:
        return
    new = NewUnit(UnitKind.TEAM, department.function, departments.TEAM)
    founded, moved = (at - timedelta(days=ago) for ago in departments.TEAM_DAYS)
    team = create_unit(new, parent=district, by=by, at=founded)
    move_unit(team, parent=department, by=by, at=moved, reason=departments.REASON)


def teams_of(city: "Unit", actor: "Staff") -> Any:
    """Return the departments of a city in the order in which they were made."""
    return units_within(actor).filter(parent=city, kind=UnitKind.TEAM).order_by("pk")


def fill_file(person: "Staff", *, by: "Staff", at: datetime) -> None:
    """Fill the file of a person: the lines first, so that the history needs no move."""
    drawn = files.draw_file(
        number=person.pk,
        name=person.name,
        role=person.role,
        employer=full_name_of(person.unit),
        on=localdate(at),
    )
    present = {post.ends_on for post in entries_of(person, "posts")}
    for kind, lines in drawn.lines.items():
        if kind == "posts" and None in present:
            continue
        for line in lines:
            add_entry(person, kind=kind, values=line, by=by, at=at)
    if person.role == "PARTNER":
        for unit in units_within(by).filter(parent=person.unit, kind=UnitKind.DISTRICT)[:2]:
            add_entry(person, kind="areas", values={"unit": unit}, by=by, at=at)
    change_staff(person, values=drawn.details, by=by, at=at)


def send_on_leave(city: "Unit", *, by: "Staff", at: datetime) -> None:
    """Let the last account manager of a city have been away, be away, and go away again."""
    managers = staff_visible_to(by).filter(
        role="ACCOUNT_MANAGER", unit__path__startswith=city.path
    )
    in_order = list(managers.order_by("pk"))
    if len(in_order) < 2 or leaves_of(in_order[-1]):
        return
    for first, last, reason in ABSENCES:
        absence = Absence(at + first * DAY, at + last * DAY, in_order[0], reason)
        plan_leave(in_order[-1], absence=absence, by=by, at=at + min(first, 0) * DAY)
