"""Random calendars, starts and pauses: the deadlines agree with stepping minute by minute."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.clocks import rules
from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.rules.reference import is_paused, is_worked, reference_deadline
from dakehu.clocks.values import Hours, Override, Pause, PublicDays, Standard, WorkCalendar

MINUTE = timedelta(minutes=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ZONES = st.sampled_from(["Asia/Shanghai", "America/Los_Angeles", "Asia/Kathmandu"])
WORKED_UNITS = [unit for unit in TimeUnit if unit != TimeUnit.HOUR]


@st.composite
def intervals(draw, *, empty=True):
    """Draw the hours of a day."""
    edges = draw(st.lists(st.integers(0, 48), min_size=0 if empty else 2, max_size=6, unique=True))
    edges = sorted(edge * 30 for edge in edges)
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def weeks(draw):
    """Draw hours with some working time on Wednesdays."""
    ordinary = draw(intervals(empty=False))
    week = [draw(st.just(ordinary) | intervals()) for _day in range(7)]
    week[2] = ordinary
    return Hours(ordinary, tuple(week), draw(st.booleans()))


days = st.dates(date(2026, 4, 20), date(2026, 6, 10))


@st.composite
def calendars(draw):
    """Draw a calendar with changes of hours, holidays, make-up days and days set by hand."""
    since = draw(st.none() | days)
    hours = [(date.min, draw(weeks()))] + ([] if since is None else [(since, draw(weeks()))])
    named = st.dictionaries(days, st.just("节"), max_size=4)
    by_hand = st.dictionaries(days, intervals().map(Override), max_size=3)
    public = PublicDays(draw(named), draw(named))
    return WorkCalendar(tuple(hours), public, draw(by_hand), draw(ZONES))


minutes = st.integers(0, 20 * 24 * 60)
standards = st.builds(Standard, st.integers(1, 3), st.sampled_from(TimeUnit))


def instant(minute):
    """Return a minute of May."""
    return datetime(2026, 5, 1, tzinfo=UTC) + minute * MINUTE


@st.composite
def pauses_after(draw, started):
    """Draw up to two pauses of a clock, the last one perhaps still open."""
    edges = draw(st.lists(st.integers(0, 4_000), max_size=4))
    edges = [started + edge * MINUTE for edge in sorted(edges)]
    ends = [*edges[1::2], None]
    return [Pause(start, end) for start, end in zip(edges[::2], ends, strict=False)]


@settings(max_examples=40)
@given(calendars(), minutes, standards, st.data())
def test_the_engine_finds_the_minute_that_stepping_finds(calendar, minute, standard, data):
    started = instant(minute)
    pauses = data.draw(pauses_after(started))
    timetable = rules.Timetable(calendar, FIRST, LAST)

    found = rules.deadline_of(timetable, started, standard, pauses)

    if found.due is None:
        assert found.used == 60 * minutes_run(calendar, started, standard, pauses)
        assert found.used < found.allotted
    else:
        assert found.due == reference_deadline(calendar, started, standard, pauses)


def minutes_run(calendar, started, standard, pauses):
    """Count the minutes that ran off until the last pause."""
    total = (pauses[-1].start - started) // MINUTE
    return sum(
        not is_paused(at, pauses) and (standard.unit == TimeUnit.HOUR or is_worked(calendar, at))
        for at in (started + number * MINUTE for number in range(total))
    )


@settings(max_examples=60)
@given(calendars(), minutes, st.builds(Standard, st.integers(1, 9), st.sampled_from(WORKED_UNITS)))
def test_a_deadline_ends_a_worked_minute_and_more_is_never_earlier(calendar, minute, standard):
    timetable = rules.Timetable(calendar, FIRST, LAST)
    more = Standard(standard.amount + 1, standard.unit)

    due = rules.deadline_of(timetable, instant(minute), standard).due
    later = rules.deadline_of(timetable, instant(minute), more).due

    assert is_worked(calendar, due - MINUTE)
    assert later >= due


@settings(max_examples=60)
@given(calendars(), minutes, st.builds(Standard, st.integers(1, 9), st.sampled_from(WORKED_UNITS)))
def test_pauses_of_no_length_or_outside_working_time_change_nothing(calendar, minute, standard):
    timetable = rules.Timetable(calendar, FIRST, LAST)
    started = instant(minute)
    plain = rules.deadline_of(timetable, started, standard)
    inside = started + (plain.due - started) / 2
    waits = (started + number * 15 * MINUTE for number in range(200))
    idle = next((at for at in waits if at < inside and not is_worked(calendar, at)), None)
    pauses = [Pause(inside, inside)]
    if idle is not None:
        pauses.insert(0, Pause(idle, min(idle + MINUTE, inside)))

    assert rules.deadline_of(timetable, started, standard, pauses).due == plain.due
