"""Staff: added, given log-ins, moved; managers of the files."""

import pytest
from django.contrib.auth import authenticate
from django.utils.translation import override

from dakehu.audit.models import Change
from dakehu.audit.queries import changed_words, told_fields
from dakehu.people.errors import UnableToCreateStaff
from dakehu.people.models import Staff
from dakehu.people.operations import create_staff, ensure_managers, move_staff, set_password
from dakehu.people.values import NewStaff

NEW = NewStaff(username="zhou", name="周涛", role="DISPATCHER", staff_no="D1")


def test_new_staff_with_a_password_can_log_in(people, administrator, at, rf):
    made = create_staff(
        NEW, unit=people.units.city, by=administrator, at=at, password="long-enough-2026"
    )

    assert authenticate(rf.get("/"), username="zhou", password="long-enough-2026") == made
    assert Change.objects.get(subject_id=made.pk, subject_type="people.staff").verb == "CREATED"


def test_new_staff_without_a_password_cannot_log_in(people, administrator, at):
    made = create_staff(NEW, unit=people.units.city, by=administrator, at=at)

    assert not made.has_usable_password()


@pytest.mark.parametrize(
    "person",
    [
        NewStaff(username="manager", name="x", role="HALL"),
        NewStaff(username="x", name="x", role="HALL", staff_no="NO-manager"),
        NewStaff(username="x", name="x", role="KING"),
    ],
)
def test_a_taken_name_or_number_or_an_unknown_role_is_refused(people, person, at):
    before = Staff.objects.count()

    with pytest.raises(UnableToCreateStaff):
        create_staff(person, unit=people.units.city, by=None, at=at)
    assert Staff.objects.count() == before


def test_a_new_password_is_recorded_without_itself(manager, administrator, at):
    set_password(staff=manager, password="another-one-2026", by=administrator, at=at)

    manager.refresh_from_db()
    assert manager.check_password("another-one-2026")
    change = Change.objects.get()
    assert "another" not in str(change.fields)
    with override("en"):
        told = changed_words(change)
    assert "Password: changed, not shown" in told
    assert "***" not in told


def test_the_log_of_a_new_person_says_nothing_of_a_password(people, administrator, at):
    made = create_staff(
        NEW, unit=people.units.city, by=administrator, at=at, password="long-enough-2026"
    )

    created = Change.objects.get(verb="CREATED", subject_id=made.pk)
    assert "password" in created.fields
    assert "password" not in {name for name, _old, _new in told_fields(created)}


def test_moving_records_what_changed_and_nothing_else(people, manager, administrator, at):
    move_staff(
        staff=manager,
        unit=people.units.next_district,
        role=manager.role,
        by=administrator,
        at=at,
        reason="reorganised",
    )
    move_staff(staff=manager, unit=people.units.next_district, role=manager.role, by=None, at=at)

    moved = Change.objects.get(subject_type="people.staff")
    assert moved.fields == {"unit": ["东城", "西城"]}
    assert Staff.objects.get(pk=manager.pk).unit == people.units.next_district


def test_managers_of_the_files_are_made_once(people, at):
    assert ensure_managers(["M1", "M2", "NO-manager"], city_code="02", at=at) == 2
    assert ensure_managers(["M1", "M2", "M3"], city_code="01", at=at) == 1

    made = Staff.objects.get(staff_no="M1")
    assert (made.username, made.name, made.role) == ("M1", "M1", "ACCOUNT_MANAGER")
    assert (made.unit, made.has_usable_password()) == (people.units.other_city, False)


def test_a_manager_number_that_is_somebodys_user_name_gets_another_one(people, at):
    ensure_managers(["supervisor"], city_code="01", at=at)

    assert Staff.objects.get(staff_no="supervisor").username == "no-supervisor"
