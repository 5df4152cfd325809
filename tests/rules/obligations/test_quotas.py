"""How much is owed in a period, where it stands, when it is planned: as tables."""

from datetime import date, timedelta

import pytest

from dakehu.catalogue.choices import Cycle
from dakehu.obligations.choices import State
from dakehu.obligations.rules.coverage import covered_of
from dakehu.obligations.rules.plans import Diary, festival_days, slots_of, with_day_moved
from dakehu.obligations.rules.quotas import (
    Progress,
    missed_at_pace,
    period_of,
    periods_left,
    required_for,
    state_of,
)
from dakehu.obligations.rules.terms import Readiness, latest_day, months_later, readiness_of
from dakehu.obligations.values import Slot, Span, Stretch

YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("cycle", "start", "end"),
    [
        (Cycle.MONTH, date(2026, 8, 1), date(2026, 9, 1)),
        (Cycle.TWO_MONTHS, date(2026, 7, 1), date(2026, 9, 1)),
        (Cycle.QUARTER, date(2026, 7, 1), date(2026, 10, 1)),
        (Cycle.HALF, date(2026, 7, 1), date(2027, 1, 1)),
        (Cycle.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_periods_begin_with_the_year(cycle, start, end):
    assert period_of(cycle, date(2026, 8, 31)) == Span(start, end)
    assert period_of(cycle, start) == period_of(cycle, end - timedelta(days=1))


@pytest.mark.parametrize(
    ("stretches", "required"),
    [
        ([(date(2026, 1, 1), date(2027, 1, 1), 4)], 4),  # the whole year
        ([(date(2020, 1, 1), date(2030, 1, 1), 4)], 4),  # and longer
        ([(date(2026, 7, 2), date(2027, 1, 1), 4)], 3),  # new in July: 2.005, rounded up
        ([(date(2026, 12, 31), date(2027, 1, 1), 1)], 1),  # a day: at least 1
        ([(date(2026, 1, 1), date(2026, 7, 1), 1), (date(2026, 7, 1), date(2027, 1, 1), 2)], 2),
        ([(date(2026, 1, 1), date(2026, 7, 1), 4), (date(2026, 7, 1), date(2027, 1, 1), 2)], 3),
        ([(date(2026, 1, 1), date(2026, 4, 1), 4)], 1),  # dropped out: what was owed till then
        ([(date(2025, 1, 1), date(2026, 1, 1), 4)], 0),  # over before the period
    ],
)
def test_a_quota_is_pro_rated_and_rounded_up(stretches, required):
    assert required_for(YEAR, [Stretch(*each) for each in stretches]) == required


PLANNED = [date(2026, 3, 2), date(2026, 9, 1)]


@pytest.mark.parametrize(
    ("done", "waived", "on", "state"),
    [
        (0, False, date(2026, 2, 1), State.ON_TRACK),
        (0, False, date(2026, 2, 16), State.DUE_SOON),
        (0, False, date(2026, 3, 2), State.DUE_SOON),
        (0, False, date(2026, 3, 3), State.OVERDUE),
        (1, False, date(2026, 3, 3), State.ON_TRACK),
        (2, False, date(2026, 3, 3), State.MET),
        (3, False, date(2027, 3, 3), State.MET),
        (1, False, date(2026, 12, 31), State.OVERDUE),
        (1, False, date(2027, 1, 1), State.MISSED),
        (0, True, date(2027, 1, 1), State.WAIVED),
    ],
)
def test_an_obligation_stands_by_its_plan(done, waived, on, state):
    found = state_of(required=2, done=done, period=YEAR, planned=PLANNED, waived=waived, on=on)

    assert found == state


@pytest.mark.parametrize(
    ("rows", "missed"),
    [
        ([], 0),
        ([Progress(4, 0, 0, 365)], 0),  # nothing can be said on the first day
        ([Progress(4, 0, 30, 365)], 4),
        ([Progress(4, 1, 73, 365)], 0),  # a fifth of the year, a quarter of the visits
        ([Progress(4, 1, 146, 365)], 2),  # 1 instead of 1.6: 2.5 at the end
        ([Progress(4, 4, 200, 365)], 0),
        ([Progress(1, 1, 50, 100), Progress(1, 0, 50, 100)], 0),  # half by half-time
        ([Progress(1, 1, 80, 100)] + [Progress(1, 0, 80, 100)] * 3, 3),  # 1.25 of 4
        # Ten months of twelve, one visit a month: five made, five missed; November half over.
        ([Progress(10, 5, 30, 30), Progress(1, 0, 15, 30, coming=1)], 6),
        ([Progress(10, 10, 30, 30), Progress(1, 0, 15, 30, coming=1)], 0),
        ([Progress(4, 0, 365, 365)], 4),  # what is over cannot be caught up
        ([Progress(2, 9, 181, 181), Progress(2, 0, 1, 184)], 0),  # more than owed counts once
    ],
)
def test_at_this_pace(rows, missed):
    assert missed_at_pace(rows) == missed


@pytest.mark.parametrize(
    ("cycle", "end", "left"),
    [
        (Cycle.MONTH, date(2026, 12, 1), 1),
        (Cycle.MONTH, date(2027, 1, 1), 0),
        (Cycle.TWO_MONTHS, date(2026, 3, 1), 5),
        (Cycle.QUARTER, date(2026, 4, 1), 3),
        (Cycle.HALF, date(2026, 7, 1), 1),
        (Cycle.YEAR, date(2027, 1, 1), 0),
    ],
)
def test_so_many_periods_are_left_in_the_year(cycle, end, left):
    assert periods_left(cycle, end, year=2026) == left


def test_a_day_that_is_still_to_come_is_moved_and_the_days_stay_in_order():
    january, march, may, june = (date(2026, month, 5) for month in (1, 3, 5, 6))

    assert with_day_moved([january, march, may], done=1, was=march, day=june) == [
        january, may, june
    ]  # fmt: skip
    assert with_day_moved([january, march], done=1, was=january, day=june) is None


@pytest.mark.parametrize(
    ("population", "covered", "percent", "target", "missing", "reached"),
    [
        (7, 5, 80, 6, 1, False),  # 5.6 are 6
        (7, 6, 80, 6, 0, True),
        (10, 10, 100, 10, 0, True),
        (3, 1, 50, 2, 1, False),
        (10, 3, 30, 3, 0, True),
        (0, 0, 100, 0, 0, True),
    ],
)
def test_o7_and_o8_shares_are_rounded_up(population, covered, percent, target, missing, reached):
    found = covered_of(population=population, covered=covered, percent=percent)

    assert (found.target, found.missing, found.reached) == (target, missing, reached)


def test_plans_spread_over_the_period_and_over_the_days_of_a_person():
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(5)]
    diary = Diary(days)
    slot = Slot(days[0], days[-1], 1)

    first = diary.plan([slot])
    second = diary.plan([Slot(days[0], days[-1], 2)])
    assert first == [days[2]]
    assert second != first


def test_one_is_in_a_district_on_one_day():
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(5)]
    diary = Diary(days)
    diary.note(days[4], 9)

    assert diary.plan([Slot(days[0], days[-1], 9)]) == [days[4]]


def test_festivals_are_avoided_where_another_day_is_free():
    holiday = date(2026, 3, 4)
    days = [date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 9)]
    diary = Diary(days, festival_days([holiday]))

    assert diary.plan([Slot(days[0], days[-1], 1)]) == [date(2026, 3, 9)]
    assert diary.plan([Slot(days[0], days[1], 1)])[0] in days[:2]


def test_slots_share_what_is_left_of_the_period():
    slots = slots_of(YEAR, date(2026, 7, 1), times=2, place=1)

    assert [(slot.first, slot.last) for slot in slots] == [
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_o12_months_later(day, months, later):
    assert months_later(day, months) == later


LAUNCH = date(2026, 3, 10)
LATEST = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("told", "trained", "on", "ready"),
    [
        (None, None, date(2026, 3, 7), Readiness.OPEN),
        (None, None, date(2026, 3, 8), Readiness.LATE),
        (date(2026, 3, 7), None, date(2026, 3, 8), Readiness.OPEN),
        (date(2026, 3, 8), date(2026, 3, 8), date(2026, 3, 9), Readiness.LATE),
        (date(2026, 3, 7), date(2026, 3, 9), date(2026, 3, 9), Readiness.READY),
        (date(2026, 3, 7), None, date(2026, 3, 10), Readiness.UNTRAINED),
        (date(2026, 3, 7), date(2026, 3, 10), date(2026, 3, 11), Readiness.UNTRAINED),
    ],
)
def test_o11_channels_know_three_days_before_and_are_trained(told, trained, on, ready):
    assert latest_day(LAUNCH, 3) == LATEST
    found = readiness_of(
        told_on=told, trained_on=trained, latest=LATEST, launches_on=LAUNCH,
        needs_training=True, on=on,
    )  # fmt: skip

    assert found == ready


def test_o11_counts_working_days_where_the_catalogue_says_so():
    workdays = [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9)]

    assert latest_day(LAUNCH, 3, workdays) == date(2026, 3, 5)
