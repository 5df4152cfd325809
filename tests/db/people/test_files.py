"""People's files: completed, corrected, moved, closed, removed, restored; their lines."""

from datetime import date

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.people import StaffFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.models import Change
from dakehu.people.choices import BusinessAction
from dakehu.people.errors import (
    UnableToCreateStaff,
    UnableToKeepEntry,
    UnableToKeepStaff,
    UnableToRelease,
    UnableToRemoveOneself,
)
from dakehu.people.models import Post, Skill, Staff
from dakehu.people.operations import (
    add_entry,
    change_entry,
    change_staff,
    change_unit,
    close_account,
    create_staff,
    ensure_managers,
    open_account,
    remove_entry,
    remove_staff,
    restore_entry,
    restore_staff,
)
from dakehu.people.queries import (
    entries_of,
    get_staff,
    removed_staff,
    roles_to_give,
    staff_listed,
    staff_visible_to,
)
from dakehu.people.values import NewStaff

SKILL = {"kind": "SKILL", "name": "商务谈判", "proficiency": "GOOD"}


def fresh(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


def test_a_manager_of_the_files_is_completed(people, at):
    ensure_managers(["M9"], city_code="01", at=at)
    stub = Staff.objects.get(staff_no="M9")

    values = {"name": "钱进", "username": "qianjin", "unit": people.units.district}
    change_staff(stub, values=values, version=1, by=people.administrator, at=at)

    found = fresh(stub)
    assert (found.name, found.username, found.unit) == ("钱进", "qianjin", people.units.district)
    assert found.version == 2


def test_a_number_belongs_to_one_person(people, at):
    with pytest.raises(UnableToKeepStaff) as refused:
        change_staff(
            people.manager, values={"staff_no": "NO-colleague"}, by=people.administrator, at=at
        )

    assert refused.value.field == "staff_no"
    assert "李强" in str(refused.value)
    with pytest.raises(UnableToCreateStaff):
        create_staff(
            NewStaff("new", "x", "HALL", "NO-colleague"),
            unit=people.units.city,
            by=people.administrator,
            at=at,
        )


def test_nobody_gives_a_role_that_permits_more_than_their_own(people, at):
    codes = {role.code for role in roles_to_give(people.supervisor)}
    assert "HALL" in codes
    assert "ADMINISTRATOR" not in codes

    with pytest.raises(UnableToKeepStaff):
        change_staff(
            people.hall_clerk, values={"role": "ADMINISTRATOR"}, by=people.supervisor, at=at
        )


def test_nobody_changes_their_own_role(people, at):
    with pytest.raises(UnableToKeepStaff):
        change_staff(people.administrator, values={"role": "HALL"}, by=people.administrator, at=at)


def test_two_edits_at_once_are_shown_side_by_side(people, at):
    mine, theirs = fresh(people.manager), fresh(people.manager)
    change_staff(theirs, values={"position": "甲"}, version=1, by=people.supervisor, at=at)

    with pytest.raises(EditedMeanwhile):
        change_staff(mine, values={"position": "乙"}, version=1, by=people.administrator, at=at)

    assert fresh(people.manager).position == "甲"


def test_a_move_writes_the_work_history(people, at):
    values = {"joined_on": date(2020, 5, 1)}
    change_staff(people.manager, values=values, by=people.administrator, at=at)

    values = {"unit": people.units.next_district, "position": "高级客户经理"}
    change_staff(people.manager, values=values, by=people.administrator, at=at)

    present, earlier = entries_of(people.manager, "posts")
    assert (present.employer, present.position) == ("省公司 滨海市 西城", "高级客户经理")
    assert (present.starts_on, present.ends_on) == (date(2026, 3, 2), None)
    assert (earlier.starts_on, earlier.ends_on) == (date(2020, 5, 1), date(2026, 3, 2))
    assert Change.objects.filter(subject_type="people.post").count() == 2


def test_two_moves_in_a_day_are_one_line(people, at):
    for unit in (people.units.next_district, people.units.city):
        change_staff(people.manager, values={"unit": unit}, by=people.administrator, at=at)

    assert [post.employer for post in entries_of(people.manager, "posts")] == ["省公司 滨海市"]


def test_a_history_that_says_so_already_is_left_alone(people, at):
    line = {
        "employer": "省公司 滨海市 东城",
        "position": "客户经理",
        "starts_on": date(2020, 1, 1),
        "ends_on": None,
    }
    add_entry(people.manager, kind="posts", values=line, by=people.administrator, at=at)

    change_staff(people.manager, values={"position": "客户经理"}, by=people.administrator, at=at)

    assert Post.objects.count() == 1


def test_whoever_leads_a_unit_does_not_leave_its_branch(people, at):
    change_unit(
        people.units.city, values={"leader": people.supervisor}, by=people.administrator, at=at
    )

    with pytest.raises(UnableToKeepStaff) as refused:
        change_staff(
            people.supervisor,
            values={"unit": people.units.other_city},
            by=people.administrator,
            at=at,
        )

    assert refused.value.field == "unit"


@pytest.mark.parametrize("act", [remove_staff, close_account])
def test_who_looks_after_customers_is_not_let_go(people, at, act):
    CustomerFactory.create_batch(3, manager=people.manager)

    with pytest.raises(UnableToRelease) as refused:
        act(people.manager, by=people.administrator, at=at)

    assert "3" in str(refused.value)
    assert f"manager={people.manager.pk}" in refused.value.held[0].url
    assert fresh(people.manager).is_active


def test_who_leads_a_unit_is_not_let_go(people, at):
    change_unit(
        people.units.city, values={"leader": people.supervisor}, by=people.administrator, at=at
    )

    with pytest.raises(UnableToRelease):
        remove_staff(people.supervisor, by=people.administrator, at=at)


def test_nobody_removes_themselves(people, at):
    with pytest.raises(UnableToRemoveOneself):
        remove_staff(people.administrator, by=people.administrator, at=at)


def test_a_removed_person_is_gone_from_the_lists_and_can_come_back(people, at):
    remove_staff(people.colleague, by=people.administrator, at=at, reason="离职")
    assert people.colleague not in staff_visible_to(people.administrator)
    assert people.colleague in removed_staff(people.administrator)
    assert not removed_staff(people.supervisor).exists()
    assert not fresh(people.colleague).is_active

    restore_staff(people.colleague, by=people.administrator, at=at)
    assert people.colleague in staff_listed(people.administrator)
    assert not fresh(people.colleague).is_active

    open_account(fresh(people.colleague), by=people.administrator, at=at)
    assert fresh(people.colleague).is_active


def test_a_file_is_read_within_reach_and_by_oneself(people, at):
    from django.http import Http404

    assert get_staff(people.manager, people.manager.pk) == people.manager
    assert get_staff(people.supervisor, people.manager.pk) == people.manager
    with pytest.raises(Http404):
        get_staff(people.supervisor, people.stranger.pk)


def test_a_line_is_added_once_changed_removed_and_restored(people, at):
    by = people.supervisor
    line = add_entry(people.manager, kind="skills", values=SKILL, by=by, at=at)
    with pytest.raises(UnableToKeepEntry):
        add_entry(people.manager, kind="skills", values=SKILL, by=by, at=at)

    change_entry(line, values={**SKILL, "proficiency": "EXPERT"}, version=1, by=by, at=at)
    remove_entry(line, by=by, at=at)
    assert entries_of(people.manager, "skills") == []
    again = add_entry(people.manager, kind="skills", values=SKILL, by=by, at=at)
    with pytest.raises(UnableToKeepEntry):
        restore_entry(line, by=by, at=at)

    remove_entry(again, by=by, at=at)
    restore_entry(line, by=by, at=at)
    assert [each.proficiency for each in entries_of(people.manager, "skills")] == ["EXPERT"]
    verbs = Change.objects.filter(subject_type="people.skill", subject_id=line.pk)
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "CREATED",
        "CHANGED",
        "REMOVED",
        "RESTORED",
    ]


def test_a_line_changed_into_one_that_is_there_is_refused(people, at):
    by = people.supervisor
    add_entry(people.manager, kind="skills", values=SKILL, by=by, at=at)
    other = add_entry(
        people.manager, kind="skills", values={**SKILL, "name": "方案撰写"}, by=by, at=at
    )

    with pytest.raises(UnableToKeepEntry):
        change_entry(other, values=SKILL, version=1, by=by, at=at)

    assert Skill.objects.get(pk=other.pk).name == "方案撰写"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("trainings", {"title": "x"}),
        ("posts", {"employer": "x", "position": "y"}),
        ("authorities", {"product_code": "MAS", "action": BusinessAction.OPEN}),
    ],
)
def test_an_impossible_period_is_refused(people, at, kind, values):
    period = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}

    with pytest.raises(UnableToKeepEntry) as refused:
        add_entry(
            people.manager, kind=kind, values={**values, **period}, by=people.supervisor, at=at
        )

    assert refused.value.field == "ends_on"


def test_staff_are_counted_without_the_removed(people):
    from dakehu.people.queries import staff_by_unit

    before = staff_by_unit()[people.units.district.pk]
    StaffFactory(unit=people.units.district, is_active=False)

    assert staff_by_unit()[people.units.district.pk] == before
