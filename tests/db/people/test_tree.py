"""Units added, changed, moved with all below them, removed and restored."""

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.people import StaffFactory, UnitFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.models import Change
from dakehu.customers.queries import customers_visible_to
from dakehu.people.choices import UnitFunction, UnitKind
from dakehu.people.errors import UnableToKeepUnit, UnableToPlaceUnit, UnableToRelease
from dakehu.people.models import Unit, UnitPlace
from dakehu.people.operations import (
    change_unit,
    create_unit,
    ensure_districts,
    move_unit,
    remove_unit,
    restore_unit,
)
from dakehu.people.queries import (
    duties_within,
    full_name_of,
    get_unit,
    line_of,
    places_of,
    units_within,
)
from dakehu.people.values import NewUnit

TEAM = NewUnit(UnitKind.TEAM, UnitFunction.HALL, "一厅")


@pytest.fixture
def units(people):
    return people.units


@pytest.fixture
def team(units, administrator, at):
    """A team in the first district of city 01."""
    return create_unit(TEAM, parent=units.district, by=administrator, at=at)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


def test_a_new_unit_gets_a_path_a_code_and_its_first_place(units, team, administrator, at):
    assert team.path == f"{units.district.path}{team.pk}/"
    assert team.code == "01/东城/一厅"
    assert [(place.parent, place.active_to) for place in places_of(team)] == [
        (units.district, None)
    ]
    created = Change.objects.get(subject_type="people.unit", subject_id=team.pk)
    assert (created.verb, created.actor_id) == ("CREATED", administrator.pk)
    assert full_name_of(team) == "省公司 滨海市 东城 一厅"
    assert line_of(team)[0] == units.headquarters


def test_a_city_is_coded_by_two_digits(units, administrator, at):
    new = NewUnit(UnitKind.CITY, UnitFunction.COMPANY, "湖滨市", "7")

    with pytest.raises(UnableToKeepUnit) as refused:
        create_unit(new, parent=units.province, by=administrator, at=at)

    assert refused.value.field == "code"


def test_a_code_belongs_to_one_unit_even_if_that_was_removed(units, team, administrator, at):
    remove_unit(team, by=administrator, at=at)

    with pytest.raises(UnableToKeepUnit):
        create_unit(TEAM, parent=units.district, by=administrator, at=at)

    assert Unit.objects.filter(name="一厅").count() == 1


@pytest.mark.parametrize(
    ("kind", "above"), [("CITY", "district"), ("DISTRICT", "province"), ("PROVINCE", "city")]
)
def test_a_unit_stands_only_where_its_kind_belongs(units, administrator, at, kind, above):
    new = NewUnit(kind, UnitFunction.COMPANY, "x", "77")

    with pytest.raises(UnableToPlaceUnit):
        create_unit(new, parent=getattr(units, above), by=administrator, at=at)


def test_a_unit_moves_with_all_below_it_and_its_history_is_kept(units, team, administrator, at):
    below = create_unit(
        NewUnit(UnitKind.TEAM, UnitFunction.OTHER, "早班"), parent=team, by=administrator, at=at
    )

    assert move_unit(
        team, parent=units.next_district, version=1, by=administrator, at=at, reason="合并"
    )

    assert fresh(team).path == f"{units.next_district.path}{team.pk}/"
    assert fresh(below).path == f"{fresh(team).path}{below.pk}/"
    newest, oldest = places_of(team)
    assert (newest.parent, newest.active_to, newest.reason) == (units.next_district, None, "合并")
    assert (oldest.parent, oldest.active_to) == (units.district, newest.active_from)
    moved = Change.objects.get(subject_id=team.pk, subject_type="people.unit", verb="CHANGED")
    assert moved.fields == {"parent": ["东城", "西城"]}
    assert places_of(below)[0].parent == team


def test_reach_follows_a_moved_unit_at_once(people, units, at):
    customer = CustomerFactory(manager=people.manager)
    other_head = StaffFactory(role="SUPERVISOR", unit=units.other_city)
    assert customer not in customers_visible_to(other_head)

    move_unit(units.district, parent=units.other_city, by=people.administrator, at=at)

    for person in (people.supervisor, other_head, people.hall_clerk):
        person.refresh_from_db()
    assert customer in customers_visible_to(other_head)
    assert customer not in customers_visible_to(people.supervisor)
    assert customer in customers_visible_to(people.hall_clerk)
    assert customer in customers_visible_to(other_head).in_unit(units.other_city)


def test_a_unit_cannot_stand_under_itself_or_below(units, team, administrator, at):
    below = create_unit(
        NewUnit(UnitKind.TEAM, UnitFunction.OTHER, "早班"), parent=team, by=administrator, at=at
    )

    for place in (team, below):
        with pytest.raises(UnableToPlaceUnit):
            move_unit(team, parent=place, by=administrator, at=at)

    assert fresh(team).parent == units.district


def test_two_moves_cannot_make_a_circle_together(units, administrator, at):
    one, two = (
        create_unit(
            NewUnit(UnitKind.TEAM, UnitFunction.OTHER, name),
            parent=units.district,
            by=administrator,
            at=at,
        )
        for name in ("甲", "乙")
    )
    stale_one, stale_two = fresh(one), fresh(two)
    move_unit(stale_one, parent=stale_two, by=administrator, at=at)

    with pytest.raises(UnableToPlaceUnit):
        # Both were read before the first move; what is stored now decides.
        move_unit(stale_two, parent=Unit(pk=one.pk), by=administrator, at=at)


def test_a_move_that_somebody_else_made_first_is_not_overwritten(units, team, administrator, at):
    mine = fresh(team)
    move_unit(team, parent=units.next_district, by=administrator, at=at)

    with pytest.raises(EditedMeanwhile):
        move_unit(mine, parent=units.city, version=1, by=administrator, at=at)


def chain(parent: Unit, length: int, *, by, at) -> Unit:
    """Return the lowest of ``length`` teams, each under the one before."""
    for number in range(length):
        new = NewUnit(UnitKind.TEAM, UnitFunction.OTHER, str(number), f"t{number}")
        parent = create_unit(new, parent=parent, by=by, at=at)
    return parent


def test_a_tree_does_not_grow_too_deep(units, administrator, at):
    with pytest.raises(UnableToPlaceUnit):
        chain(units.district, 100, by=administrator, at=at)


def test_a_long_branch_is_not_moved_to_where_it_would_be_too_deep(units, team, administrator, at):
    Unit.objects.filter(pk=team.pk).update(path=f"{units.district.path}{'9' * 150}/{team.pk}/")
    lowest = chain(units.city, 3, by=administrator, at=at)
    branch = Unit.objects.get(code="t0")
    Unit.objects.filter(pk=lowest.pk).update(path=f"{branch.path}{'8' * 60}/{lowest.pk}/")

    with pytest.raises(UnableToPlaceUnit):
        move_unit(branch, parent=fresh(team), by=administrator, at=at)


def test_moving_to_where_it_stands_changes_nothing(units, team, administrator, at):
    assert not move_unit(team, parent=units.district, by=administrator, at=at)
    assert UnitPlace.objects.filter(unit=team).count() == 1


def test_the_leader_belongs_above_or_below_the_unit(people, units, at):
    change_unit(
        units.district, values={"leader": people.supervisor}, by=people.administrator, at=at
    )
    assert fresh(units.district).leader == people.supervisor

    with pytest.raises(UnableToKeepUnit) as refused:
        change_unit(
            units.district, values={"leader": people.stranger}, by=people.administrator, at=at
        )

    assert refused.value.field == "leader"


def test_the_code_of_a_unit_stays(people, units, at):
    change_unit(
        units.city, values={"code": "99", "name": "新滨海市"}, by=people.administrator, at=at
    )

    assert (fresh(units.city).code, fresh(units.city).name) == ("01", "新滨海市")


def test_two_edits_of_the_same_field_are_shown_side_by_side(people, units, at):
    mine, theirs = fresh(units.city), fresh(units.city)
    change_unit(theirs, values={"name": "甲"}, version=1, by=people.supervisor, at=at)

    with pytest.raises(EditedMeanwhile) as clash:
        change_unit(mine, values={"name": "乙"}, version=1, by=people.administrator, at=at)

    assert clash.value.fields[0].theirs == "甲"


def test_a_unit_with_people_units_or_customers_stays(people, units, at):
    CustomerFactory(manager=people.manager)

    with pytest.raises(UnableToRelease) as refused:
        remove_unit(units.district, by=people.administrator, at=at)

    assert len(refused.value.held) == 2
    assert all(held.url for held in refused.value.held)
    with pytest.raises(UnableToRelease):
        remove_unit(units.city, by=people.administrator, at=at)


def test_a_removed_unit_is_gone_from_the_tree_and_can_come_back(people, units, team, at):
    remove_unit(team, by=people.administrator, at=at, reason="撤并")
    assert team not in units_within(people.administrator)
    assert get_unit(people.administrator, team.pk) == team

    restore_unit(team, by=people.administrator, at=at)

    assert team in units_within(people.administrator)


def test_a_unit_comes_back_only_under_one_that_is_there(people, units, team, at):
    below = create_unit(
        NewUnit(UnitKind.TEAM, UnitFunction.OTHER, "早班"),
        parent=team,
        by=people.administrator,
        at=at,
    )
    remove_unit(below, by=people.administrator, at=at)
    remove_unit(team, by=people.administrator, at=at)

    with pytest.raises(UnableToPlaceUnit):
        restore_unit(fresh(below), by=people.administrator, at=at)


def test_a_removed_district_that_the_files_name_again_is_there_again(people, units, at):
    remove_unit(units.next_district, by=people.administrator, at=at)

    ensure_districts("01", ["西城"], at=at)

    assert fresh(units.next_district).removed_at is None


def test_nobody_learns_of_duties_outside_their_reach(people, units):
    UnitFactory(code="zz")

    assert duties_within(people.supervisor) == []
