"""The organisations of a city: every name once, offices before firms, managers of the district."""

from collections import Counter
from datetime import date

import pytest

from dakehu.demo.rules.groups import Group, group_count, groups_of
from dakehu.demo.rules.plan import ProvincePlan
from dakehu.demo.rules.staff import cities_of, staff_of

PLAN = ProvincePlan(until=date(2026, 11, 20))
CITY = cities_of(PLAN)[0]
TEAM = tuple(
    one for one in staff_of(CITY, managed=3000, plan=PLAN) if one.role == "ACCOUNT_MANAGER"
)


@pytest.fixture(scope="module")
def groups() -> tuple[Group, ...]:
    return groups_of(CITY, count=3000, managers=TEAM, plan=PLAN)


def test_there_is_a_group_for_every_sixty_subscribers() -> None:
    assert (group_count(60_000), group_count(30)) == (1000, 4)


def test_every_name_and_number_is_given_once(groups: tuple[Group, ...]) -> None:
    assert len({group.name for group in groups}) == len(groups)
    assert len({group.group_no for group in groups}) == len(groups)


def test_the_citys_offices_come_first(groups: tuple[Group, ...]) -> None:
    assert groups[0].name == "岚州市人民政府"
    assert groups[0].org_kind == "government"
    assert "enterprise" not in {group.org_kind for group in groups[:18]}


def test_every_kind_and_level_is_met(groups: tuple[Group, ...]) -> None:
    kinds = Counter(group.org_kind for group in groups)

    assert kinds.keys() == {
        "government",
        "police_justice",
        "military",
        "media",
        "enterprise",
        "other",
    }
    assert kinds.most_common(1)[0][0] == "enterprise"
    assert {group.admin_level for group in groups} == {"provincial", "prefecture", "county"}
    assert {group.strategic for group in groups} == {"none", "prefecture", "provincial"}


def test_only_large_taxpayers_among_firms_have_a_rank(groups: tuple[Group, ...]) -> None:
    ranked = [group for group in groups if group.tax_rank is not None]

    assert 0 < len(ranked) < len(groups) // 4
    assert {group.org_kind for group in ranked} == {"enterprise"}


def test_a_groups_manager_works_in_its_district(groups: tuple[Group, ...]) -> None:
    districts = {one.staff_no: one.district for one in TEAM}

    assert all(districts[group.manager_no] == group.district for group in groups)


def test_managers_of_a_district_take_turns(groups: tuple[Group, ...]) -> None:
    shares = Counter(group.manager_no for group in groups)

    assert shares.keys() == {one.staff_no for one in TEAM}
    for district in CITY.districts:
        team = [shares[one.staff_no] for one in TEAM if one.district == district]
        assert max(team) - min(team) <= 1
