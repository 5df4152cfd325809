"""Snapshot cohorts: frozen on a day, followed day after day, decomposed into four states."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.worlds import person_of

from dakehu.tiering.errors import UnableToFollow
from dakehu.tiering.jobs import cohorts as jobs
from dakehu.tiering.models import Cohort, CohortDay, CohortStay
from dakehu.tiering.operations import cohorts as operations
from dakehu.tiering.queries.bars import default_cohort
from dakehu.tiering.queries.cohorts import counts_on, retention_days, stays_on
from dakehu.tiering.rules.cohort_reference import reference_state
from dakehu.tiering.rules.cohorts import retention_of
from dakehu.tiering.values import Limit

D = date(2026, 1, 5)
MAR = date(2026, 3, 5)
BAR = {"measure": "revenue_3m_sum", "is": ">=", "value": 36_000}


def frozen(by, at, *, day=D, name="2025 四季度", bar=BAR, at_bar=True) -> Cohort:
    cohort = operations.freeze_cohort(name=name, day=day, bar=bar, at_bar=at_bar, by=by, at=at)
    operations.fill_cohort(cohort, at=at)
    return cohort


@pytest.fixture
def members(world, people):
    """Ten individuals of two managers at the bar, one below it, one gone, one nobody manages."""
    holders = [people.manager] * 6 + [people.stranger] * 4
    told = {f"01S{n:02d}": {"status": 0, "level": 2} for n in range(10)}
    others = {
        "01S90": {"status": 0},
        "01S91": {"status": 4},
        "01S92": {"status": 0, "managed": 0},
    }
    world.tell_people(D, told | others)
    for month, amount in ((202510, 10_000), (202511, 10_000), (202512, 16_000)):
        world.tell_months(D - timedelta(days=month % 100), month, dict.fromkeys(told, amount))
    rich = dict.fromkeys(("01S91", "01S92"), 99_000)
    world.tell_months(D - timedelta(days=1), 202512, {**rich, "01S90": 35_999})
    found = [person_of(n, who) for n, who in zip(told, holders, strict=True)]
    for number in others:
        person_of(number, people.manager)
    world.told = told
    return found


def change(world, day, **changes) -> None:
    """Tell of everybody as before, apart from some; None is told of no more."""
    told = {number: dict(values) for number, values in world.told.items()}
    for number, values in changes.items():
        told[f"01{number}"] = values
    world.told = {number: values for number, values in told.items() if values is not None}
    world.tell_people(day, world.told)


def states(cohort, day=None) -> dict[str, str]:
    rows = CohortStay.objects.filter(cohort=cohort, active_to__isnull=True)
    return dict(rows.values_list("customer__number", "state"))


def test_members_are_managed_active_and_at_the_bar(members, people, at):
    cohort = frozen(people.administrator, at)

    assert set(states(cohort)) == {each.number for each in members}
    assert set(states(cohort).values()) == {"KEPT"}
    assert set(CohortStay.objects.values_list("level", flat=True)) == {2}
    # Freezing again changes nothing.
    assert operations.fill_cohort(cohort, at=at) == 10


def test_what_became_of_members_is_what_a_plain_evaluator_says(world, members, people, at):
    cohort = frozen(people.administrator, at)
    changed = {
        "S01": {"status": 1},
        "S02": {"status": 3},
        "S03": {"status": 4},
        "S04": None,
        "S05": {"status": 0, "managed": 0},
    }
    change(world, MAR, **changed)
    revenue = {f"01S{n:02d}": 36_000 if n in (0, 5, 6) else 35_999 for n in range(10)}
    world.tell_months(MAR, 202602, revenue)
    world.tell_months(MAR - timedelta(days=1), 202512, dict.fromkeys(revenue, 0))
    customer = members[7]
    customer.retained_at = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    customer.save()

    operations.follow_day(cohort, day=MAR, at=at)

    bar = Limit("revenue_3m_sum", ">=", 36_000)
    expected = {
        number: reference_state(
            bar,
            {
                "sub_status": world.told.get(number, {}).get("status"),
                "revenue_3m_sum": revenue[number],
            },
            is_away=number == customer.number,
        )
        for number in revenue
    }
    assert states(cohort) == expected
    assert set(expected.values()) == {"KEPT", "BELOW", "SUSPENDED", "LEFT"}


def test_membership_is_frozen_and_leavers_come_back(world, members, people, at):
    cohort = frozen(people.administrator, at)
    change(world, D + timedelta(days=1), S01={"status": 4}, S77={"status": 0})
    person_of("01S77", people.manager)
    operations.follow_day(cohort, day=D + timedelta(days=1), at=at)
    change(world, D + timedelta(days=2), S01={"status": 0})

    operations.follow_day(cohort, day=D + timedelta(days=2), at=at)

    assert "01S77" not in states(cohort)
    stays = CohortStay.objects.filter(customer__number="01S01").order_by("active_from")
    assert [(each.state, each.active_from.day, each.active_to) for each in stays] == [
        ("KEPT", 5, date(2026, 1, 6)),
        ("LEFT", 6, date(2026, 1, 7)),
        ("KEPT", 7, None),
    ]


def test_a_late_delivery_lets_followed_days_be_told_anew(world, members, people, at):
    cohort = frozen(people.administrator, at)
    days = [D + timedelta(days=n) for n in (1, 2, 3)]
    change(world, days[0], S01={"status": 4})
    for day in days:
        operations.follow_cohorts(day=day, changed_from=day, at=at)
    assert states(cohort)["01S01"] == "LEFT"
    before = list(CohortStay.objects.order_by("pk").values_list("customer", "state"))
    change(world, days[0], S01={"status": 0}, S02={"status": 1})

    operations.follow_cohorts(day=days[2], changed_from=days[0], at=at)

    assert states(cohort)["01S01"] == "KEPT"
    assert states(cohort)["01S02"] == "SUSPENDED"
    assert len(before) == CohortStay.objects.count()
    assert list(CohortDay.objects.order_by("day").values_list("day", flat=True)) == [D, *days]


def test_figures_of_every_day_are_those_of_the_list_within_the_reach(world, members, people, at):
    cohort = frozen(people.administrator, at)
    days = [D + timedelta(days=n) for n in (1, 2)]
    change(world, days[0], S01={"status": 4}, S08={"status": 1})
    operations.follow_day(cohort, day=days[0], at=at)
    change(world, days[1], S02={"status": 4})
    operations.follow_day(cohort, day=days[1], at=at)

    for person in (people.administrator, people.manager, people.stranger, people.supervisor):
        told = retention_days(person, cohort)
        assert list(told) == [D, *days]
        for day, counts in told.items():
            listed = stays_on(person, cohort, day)
            assert sum(counts.values()) == listed.count()
            assert counts == counts_on(person, cohort, day)
            for state, count in counts.items():
                assert listed.filter(state=state).count() == count
    assert counts_on(people.manager, cohort, days[1]) == {"KEPT": 4, "LEFT": 2}


def test_a_year_like_that_of_the_source_is_reproduced(world, people, at):
    """Retention 71.38 % after one year, 80.79 % after the next: 9.41 points more (S4)."""
    rates = {}
    for year, members, kept in ((2024, 276, 197), (2025, 177, 143)):
        day = date(year, 1, 5)
        end = date(year, 12, 31)
        numbers = [f"01S{year}{n:03d}" for n in range(members)]
        for number in numbers:
            person_of(number, people.manager)
        world.tell_people(day, {number: {"status": 0} for number in numbers})
        world.tell_months(day, (year - 1) * 100 + 12, dict.fromkeys(numbers, 36_000))
        cohort = frozen(people.administrator, at, day=day, name=f"{year} 年")
        # The others: left, suspended, below the bar, a third of them each.
        lost = numbers[kept:]
        told = {n: {"status": 0} for n in numbers}
        told |= {n: {"status": (4, 1, 0)[place % 3]} for place, n in enumerate(lost)}
        world.tell_people(end, told)
        poor = {n for place, n in enumerate(lost) if place % 3 == 2}
        revenues = {n: 35_999 if n in poor else 36_000 for n in numbers}
        world.tell_months(end, year * 100 + 11, revenues)
        operations.follow_day(cohort, day=end, at=at)
        counts = counts_on(people.administrator, cohort, end)
        assert sum(counts.values()) == members
        rates[year] = retention_of(counts, at_bar=cohort.at_bar)

    assert (rates[2024].percent, rates[2025].percent) == (71.38, 80.79)
    assert rates[2025].points_over(rates[2024]) == 9.41


def test_the_worker_freezes_and_catches_up(world, members, people, at, finish_work):
    world.newest = D + timedelta(days=16)
    bar = default_cohort()
    assert bar["bar"] == BAR

    jobs.freeze(
        name="拍照", day=D, bar=bar["bar"], at_bar=bar["at_bar"], by=people.administrator, at=at
    )
    finish_work()

    cohort = Cohort.objects.get()
    days = cohort.days.order_by("day").values_list("day", flat=True)
    assert [(day - D).days for day in days] == [0, 7, 14, 16]
    assert (cohort.work.is_busy, cohort.work.done, cohort.work.error) == (False, 3, "")


def test_what_cannot_be_frozen_is_refused_in_words(world, members, people, at):
    with pytest.raises(UnableToFollow):
        frozen(people.administrator, at, day=D + timedelta(days=400))
    with pytest.raises(UnableToFollow, match="taxes"):
        frozen(people.administrator, at, bar={"measure": "taxes", "is": ">", "value": 1})
    assert not Cohort.objects.exists()
