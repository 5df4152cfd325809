"""Who sees which units and staff, and who stands in for nobody."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.people import StaffFactory, UnitFactory

from dakehu.people import policies, queries
from dakehu.people.models import Staff, Unit
from dakehu.people.policies import may, reach, require

CITY_01 = {"01", "01/东城", "01/西城"}
PROVINCE = CITY_01 | {"province", "02", "02/南山"}
ALL_UNITS = PROVINCE | {"headquarters"}
UNITS = {
    "manager": {"01/东城"},
    "colleague": {"01/东城"},
    "stranger": {"02/南山"},
    "telephone_manager": CITY_01,
    "hall_clerk": {"01/东城"},
    "engineer": {"01/东城"},
    "partner": {"01/东城"},
    "chief_representative": {"01/东城"},
    "operations_center": PROVINCE,
    "supervisor": CITY_01,
    "dispatcher": CITY_01,
    "hotline_agent": CITY_01,
    "province_analyst": PROVINCE,
    "headquarters_analyst": ALL_UNITS,
    "administrator": ALL_UNITS,
}


@pytest.mark.parametrize("part", UNITS)
def test_a_person_sees_the_units_of_their_reach(people, part):
    found = queries.units_within(people.everybody[part])

    assert {unit.code for unit in found} == UNITS[part]


@pytest.mark.parametrize("part", UNITS)
def test_a_person_sees_the_staff_of_those_units(people, part):
    found = queries.staff_visible_to(people.everybody[part])

    expected = {who for who, each in people.everybody.items() if each.unit.code in UNITS[part]}
    assert {staff.username for staff in found} == expected


@pytest.mark.parametrize("part", UNITS)
def test_reach_follows_the_tree_or_keeps_to_the_person(people, part):
    actor = people.everybody[part]

    found = Staff.objects.filter(reach(actor, unit="unit", owner="pk"))

    own = policies.role_of(actor).scope == "OWN"
    within = {who for who, each in people.everybody.items() if each.unit.code in UNITS[part]}
    assert {staff.username for staff in found} == ({part} if own else within)


def test_a_unit_in_another_branch_with_a_like_number_is_out_of_reach(people):
    inside = UnitFactory(code="01/x", parent=people.units.city)
    # Its path begins with the digits of the city's path, but not with the path itself.
    outside = UnitFactory(code="zz")
    Unit.objects.filter(pk=outside.pk).update(path=f"{people.units.city.path.rstrip('/')}9/")

    found = set(queries.units_within(people.supervisor))

    assert inside in found
    assert outside not in found


def test_permissions_follow_the_role(people):
    assert may(people.manager, "customers.reveal")
    assert not may(people.province_analyst, "customers.reveal")
    require(people.manager, "customers.view")
    with pytest.raises(PermissionDenied):
        require(people.manager, "people.manage")


def test_who_was_made_inactive_may_nothing(people):
    people.manager.is_active = False

    assert not may(people.manager, "customers.view")


def test_the_manager_answers_for_a_customer(people):
    owner = queries.responsible_for(manager_id=people.manager.pk, unit_id=people.units.district.pk)

    assert owner == people.manager.pk


def test_without_a_manager_the_telephone_manager_up_the_tree_answers(people):
    owner = queries.responsible_for(manager_id=None, unit_id=people.units.district.pk)

    assert owner == people.telephone_manager.pk


def test_without_a_telephone_manager_the_dispatcher_answers(people):
    people.telephone_manager.is_active = False
    people.telephone_manager.save()

    owner = queries.responsible_for(manager_id=None, unit_id=people.units.district.pk)

    assert owner == people.dispatcher.pk


def test_the_nearest_telephone_manager_answers(people):
    near = StaffFactory(role="TELEPHONE_MANAGER", unit=people.units.district)

    assert queries.fallback_owners()[people.units.district.pk] == near.pk
    assert queries.fallback_owners()[people.units.city.pk] == people.telephone_manager.pk


def test_where_nobody_stands_in_nobody_answers(people):
    assert queries.responsible_for(manager_id=None, unit_id=people.units.other_city.pk) is None


def test_staff_are_counted_by_their_own_unit(people):
    assert queries.staff_by_unit()[people.units.district.pk] == 6


def test_a_role_that_reaches_its_unit_sees_no_unit_below(people):
    role = replace(policies.role_of(people.supervisor), scope="UNIT")
    people.supervisor.held_role = role

    found = Staff.objects.filter(reach(people.supervisor, unit="unit", owner="pk"))

    assert {staff.unit for staff in found} == {people.units.city}


def test_a_reach_over_most_units_names_the_few_without(people):
    for number in range(5):
        UnitFactory(code=f"01/{number}", parent=people.units.city)

    sql = str(Staff.objects.filter(reach(people.province_analyst, unit="unit", owner="pk")).query)

    assert f'NOT ("people_staff"."unit_id" IN ({people.units.headquarters.pk}))' in sql
