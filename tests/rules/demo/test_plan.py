"""A plan refuses what cannot be drawn, and dates are counted right."""

from datetime import date
from typing import Any

import pytest

from dakehu.demo.errors import UnableToSimulate
from dakehu.demo.rules.plan import CityDay, ProvincePlan, day_number, month_after, months_before
from dakehu.demo.rules.rhythm import rhythm_of
from dakehu.demo.rules.staff import cities_of, city_sizes, staff_of

UNTIL = date(2026, 11, 20)


@pytest.mark.parametrize(
    "wrong",
    [
        {"cities": 0},
        {"subscribers": 10},
        {"days": 0},
        {"managed_percent": 101},
        {"history_months": 2},
        {"gb18030": ("04",)},
        {"verf_dat": ("00",)},
        {"late": (CityDay("04", UNTIL),)},
        {"late": (CityDay("01", date(2026, 11, 21)),)},
        {"spoil": (CityDay("01", date(2026, 9, 22)),)},
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnableToSimulate):
        ProvincePlan(until=UNTIL, **wrong)


def test_the_days_end_with_the_last_one() -> None:
    plan = ProvincePlan(until=UNTIL)

    assert len(plan.every_day) == 60
    assert plan.every_day[-1] == UNTIL
    assert plan.first == date(2026, 9, 22)


def test_months_before_a_day_are_whole_and_in_order() -> None:
    assert months_before(date(2026, 2, 14), 3) == [202511, 202512, 202601]
    assert month_after(202512) == 202601
    assert day_number(date(1970, 1, 2)) == 1


def test_the_sizes_of_cities_add_up_and_the_capital_is_the_largest() -> None:
    plan = ProvincePlan(until=UNTIL, cities=11, subscribers=100_003)

    sizes = city_sizes(plan)

    assert sum(sizes) == 100_003
    assert max(sizes) == sizes[0]


def test_cities_beyond_the_invented_names_are_numbered() -> None:
    cities = cities_of(ProvincePlan(until=UNTIL, cities=13))

    assert cities[-1].name == "新13市"
    assert len({city.name for city in cities}) == 13


def test_there_are_more_managers_where_more_are_managed() -> None:
    plan = ProvincePlan(until=UNTIL)
    city = cities_of(plan)[0]

    few = staff_of(city, managed=100, plan=plan)
    many = staff_of(city, managed=2400, plan=plan)

    assert [one.role for one in few].count("ACCOUNT_MANAGER") == 2
    assert [one.role for one in many].count("ACCOUNT_MANAGER") == 20
    assert [one.role for one in many].count("TELEPHONE_MANAGER") == 5
    assert len({one.staff_no for one in many}) == len(many)


@pytest.mark.parametrize(
    ("on", "working"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 2, 17), False),
        (date(2026, 10, 1), False),
    ],
)
def test_weekends_and_holidays_are_no_working_days(on: date, working: bool) -> None:
    assert rhythm_of(on).working is working
