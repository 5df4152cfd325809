"""Deadlines by table: the worked cases of the service clocks, edges, pauses, re-basing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dakehu.clocks import rules
from dakehu.clocks.choices import DayKind, TimeUnit
from dakehu.clocks.errors import CalendarUnusable, PausesUnusable
from dakehu.clocks.values import Hours, Override, Pause, Standard, WorkCalendar

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(public=rules.known_public_days(2027))
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
TIMETABLE = rules.Timetable(CALENDAR, FIRST, LAST)


def at(text):
    """Return an instant of Chinese wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def standard(text):
    """Return the standard that a text such as ``2 working_hour`` promises."""
    amount, unit = text.split()
    return Standard(int(amount), TimeUnit(unit))


@pytest.mark.parametrize(
    ("started", "promised", "due"),
    [
        ("2026-09-11 17:00", "1 working_day", "2026-09-14 18:00"),
        ("2026-09-12 10:00", "1 working_day", "2026-09-15 18:00"),
        ("2026-09-11 17:00", "2 working_hour", "2026-09-14 10:00"),
        ("2026-09-30 16:00", "2 working_day", "2026-10-09 18:00"),
        ("2026-09-20 09:30", "1 same_day", "2026-09-20 18:00"),
        ("2026-10-10 09:30", "1 same_day", "2026-10-10 18:00"),
        ("2026-09-14 11:30", "1 half_working_day", "2026-09-14 16:45"),
        ("2026-09-14 23:00", "2 hour", "2026-09-15 01:00"),
        # The last instant of a day belongs to the next one; the first of an interval to it.
        ("2026-09-14 18:00", "1 same_day", "2026-09-15 18:00"),
        ("2026-09-14 17:59:59", "1 same_day", "2026-09-14 18:00"),
        ("2026-09-11 18:00", "1 working_day", "2026-09-15 18:00"),
        ("2026-09-14 12:00", "1 working_hour", "2026-09-14 14:30"),
        ("2026-09-14 08:00", "3 working_hour", "2026-09-14 12:00"),
        ("2026-09-14 00:00", "1 working_day", "2026-09-15 18:00"),
        ("2026-09-14 09:00", "15 working_hour", "2026-09-15 18:00"),
        # Born a second before the National Day holiday.
        ("2026-09-30 23:59:59", "1 same_day", "2026-10-08 18:00"),
        ("2026-09-30 23:59:59", "1 hour", "2026-10-01 00:59:59"),
        ("2026-02-13 17:00", "3 working_hour", "2026-02-14 11:00"),
    ],
)
def test_a_promise_is_due(started, promised, due):
    found = rules.deadline_of(TIMETABLE, at(started), standard(promised))

    assert found.due == at(due)


def test_a_pause_keeps_what_had_run_off():
    found = rules.deadline_of(
        TIMETABLE,
        at("2026-09-14 09:00"),
        standard("4 working_hour"),
        [Pause(at("2026-09-14 10:00"), at("2026-09-14 15:00"))],
    )

    assert (found.due, found.used, found.allotted) == (at("2026-09-14 18:00"), 3_600, 14_400)


def test_nothing_is_due_while_the_clock_stands_still():
    found = rules.deadline_of(
        TIMETABLE,
        at("2026-09-14 09:00"),
        standard("1 working_day"),
        [Pause(at("2026-09-14 10:00"))],
    )

    assert (found.due, found.warn, found.used) == (None, None, 3_600)


def test_a_pause_after_the_deadline_changes_nothing():
    late = Pause(at("2026-09-15 09:00"))

    found = rules.deadline_of(TIMETABLE, at("2026-09-14 09:00"), standard("1 same_day"), [late])

    assert found.due == at("2026-09-14 18:00")


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(at("2026-09-14 08:00"))],
        [Pause(at("2026-09-14 11:00"), at("2026-09-14 10:00"))],
        [Pause(at("2026-09-14 10:00")), Pause(at("2026-09-14 11:00"))],
        [
            Pause(at("2026-09-14 10:00"), at("2026-09-14 12:00")),
            Pause(at("2026-09-14 11:00"), at("2026-09-14 13:00")),
        ],
    ],
    ids=["before the start", "backwards", "paused twice", "overlapping"],
)
def test_pauses_that_cannot_have_happened_are_refused(pauses):
    with pytest.raises(PausesUnusable):
        rules.deadline_of(TIMETABLE, at("2026-09-14 09:00"), standard("4 working_hour"), pauses)


def test_the_owner_is_warned_at_four_fifths_and_escalation_takes_full_periods():
    started, promised = at("2026-09-14 09:00"), standard("5 working_hour")

    assert rules.deadline_of(TIMETABLE, started, promised).warn == at("2026-09-14 14:30")
    assert [
        rules.escalation_at(TIMETABLE, started, promised, periods=number) for number in (0, 1, 2)
    ] == [at("2026-09-14 15:30"), at("2026-09-15 11:30"), at("2026-09-15 18:00")]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("2 working_day", "4 working_hour", "4 working_hour"),
        ("4 working_hour", "2 working_day", "4 working_hour"),
        ("1 same_day", "1 same_day", "1 same_day"),
        ("8 hour", "1 same_day", "8 hour"),
    ],
)
def test_a_change_of_tier_never_lengthens_a_promise(old, new, kept):
    started = at("2026-09-14 09:30")

    found = rules.kept_standard(TIMETABLE, started, standard(old), standard(new))

    assert found == standard(kept)


def test_a_day_set_by_hand_comes_before_every_other_reason():
    calendar = WorkCalendar(
        public=CALENDAR.public,
        overrides={
            date(2026, 9, 14): Override((), "供电检修"),
            date(2026, 10, 1): Override(((540, 720),), "抢修值班"),
        },
    )
    timetable = rules.Timetable(calendar, FIRST, LAST)

    closed = rules.deadline_of(timetable, at("2026-09-14 10:00"), standard("1 same_day"))
    shift = rules.deadline_of(timetable, at("2026-09-30 17:00"), standard("2 working_hour"))

    assert (closed.due, shift.due) == (at("2026-09-15 18:00"), at("2026-10-01 10:00"))


def test_new_hours_hold_from_their_day_on():
    summer = Hours(
        ordinary=((480, 720), (900, 1110)), week=(((480, 720), (900, 1110)),) * 5 + ((), ())
    )
    calendar = WorkCalendar(
        hours=((date.min, Hours()), (date(2026, 7, 1), summer)), public=CALENDAR.public
    )
    timetable = rules.Timetable(calendar, FIRST, LAST)

    due = [
        rules.deadline_of(timetable, at(f"2026-0{month}-{day} 17:00"), standard("1 same_day")).due
        for month, day in ((6, 30), (7, "01"))
    ]

    assert due == [at("2026-06-30 18:00"), at("2026-07-01 18:30")]


def test_a_hotline_round_the_clock_knows_no_holidays():
    always = Hours(ordinary=((0, 1440),), week=(((0, 1440),),) * 7, follows_holidays=False)
    timetable = rules.Timetable(WorkCalendar(hours=((date.min, always),)), FIRST, LAST)

    found = rules.deadline_of(timetable, at("2026-09-30 22:00"), standard("3 working_hour"))

    assert found.due == at("2026-10-01 01:00")
    assert not rules.day_of(timetable.calendar, date(2027, 5, 1)).is_provisional


def test_a_calendar_without_working_time_and_one_that_ends_are_refused():
    never = Hours(week=((),) * 7, follows_holidays=False)
    with pytest.raises(CalendarUnusable):
        rules.Timetable(WorkCalendar(hours=((date.min, never),)), FIRST, LAST)
    for started in ("2025-12-31 10:00", "2027-12-31 17:00", "2028-01-01 10:00"):
        with pytest.raises(CalendarUnusable):
            rules.deadline_of(TIMETABLE, at(started), standard("2 working_day"))


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (Hours(), []),
        (Hours(ordinary=()), ["ordinary"]),
        (Hours(ordinary=((600, 540),)), ["ordinary"]),
        (Hours(ordinary=((540, 720), (700, 800))), ["ordinary"]),
        (Hours(week=(((540, 1500),),) * 7), ["week"]),
        (Hours(week=((),) * 7), ["empty"]),
        (Hours(week=()), ["week", "empty"]),
    ],
)
def test_hours_that_cannot_be_are_named(hours, found):
    assert rules.misfits_of(hours) == found


def test_the_trail_tells_every_day_and_adds_up_to_the_promise():
    started, promised = at("2026-09-18 16:00"), standard("10 working_hour")
    pause = Pause(at("2026-09-19 10:00"), at("2026-09-20 10:00"))
    due = rules.deadline_of(TIMETABLE, started, promised, [pause]).due

    trail = rules.trail_of(TIMETABLE, started, promised, [pause], due)

    assert due == at("2026-09-21 10:30")
    assert [(each.day.day.day, each.day.kind, each.seconds) for each in trail] == [
        (18, DayKind.ORDINARY, 7_200),
        (19, DayKind.REST, 0),
        (20, DayKind.MAKE_UP, 23_400),
        (21, DayKind.ORDINARY, 5_400),
    ]
    assert trail[-1].total == 36_000
    assert [len(each.pauses) for each in trail] == [0, 1, 1, 0]


def test_the_trail_of_a_clock_that_never_rests_counts_whole_days():
    started = at("2026-09-30 20:00")
    until = started + timedelta(hours=30)

    trail = rules.trail_of(TIMETABLE, started, standard("30 hour"), [], until)

    assert [each.seconds for each in trail] == [4 * 3_600, 24 * 3_600, 2 * 3_600]
