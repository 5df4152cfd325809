"""Stored clocks: started, paused, stopped, corrected; met or missed by their times alone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.calendars import close
from tests.factories.clocks import stages, standard, wall

from dakehu.audit.models import Change
from dakehu.clocks import operations, queries
from dakehu.clocks.choices import ClockKind, ClockState
from dakehu.clocks.errors import UnableToRun
from dakehu.clocks.models import Clock, ClockPause
from dakehu.clocks.values import Hours, Promised, Timed, WorkCalendar

pytestmark = pytest.mark.django_db


def test_a_clock_keeps_its_standard_and_is_looked_at_when_it_is_to_warn(run):
    clock = run.start("4 working_hour")
    clock.refresh_from_db()

    assert (clock.due_at, clock.warn_at) == (wall("14:30"), wall("13:42"))
    assert clock.next_at == clock.warn_at
    assert (clock.standard, clock.source) == (standard("4 working_hour"), "C17 A v1")


def test_the_calendar_of_the_unit_counts(run, people):
    close(people.units.city, people.administrator, date(2026, 9, 14))

    assert run.start("1 same_day").due_at == wall("2026-09-15 18:00")
    assert run.start("1 same_day", unit=people.stranger.unit).due_at == wall("18:00")


def test_a_pause_keeps_the_time_that_was_left(run):
    clock = run.pause(run.start(), "10:00")
    assert (clock.state, clock.due_at, clock.next_at) == (ClockState.PAUSED, None, None)
    assert clock.left_seconds == 3 * 3_600

    clock = run.resume(clock, "15:00")

    assert (clock.state, clock.due_at) == (ClockState.RUNNING, wall("18:00"))
    assert clock.left_seconds is None


def test_pausing_twice_and_resuming_what_runs_are_refused_in_words(run):
    clock = run.start()
    with pytest.raises(UnableToRun, match=r"没有暂停|not paused"):
        run.resume(clock, "09:30")
    run.pause(clock, "10:00")
    with pytest.raises(UnableToRun, match=r"已经暂停|paused already"):
        run.pause(clock, "10:05")
    with pytest.raises(UnableToRun, match=r"before the pause|早于暂停"):
        run.resume(clock, "09:59")
    run.stop(clock, "10:30")
    with pytest.raises(UnableToRun):
        run.pause(clock, "11:00")

    assert ClockPause.objects.get().resumed_at == wall("10:30")


def test_a_pause_before_the_start_leaves_nothing_behind(run):
    clock = run.start()

    with pytest.raises(UnableToRun):
        run.pause(clock, "08:59")

    clock.refresh_from_db()
    assert clock.state == ClockState.RUNNING
    assert not ClockPause.objects.exists()


@pytest.mark.parametrize(
    ("answered", "is_met", "raised"),
    [("13:00", True, []), ("14:30", True, [1]), ("14:30:01", False, [1, 2])],
)
def test_met_or_missed_follows_from_the_stored_times(run, answered, is_met, raised):
    clock = run.stop(run.start(), answered)

    assert (clock.is_met, clock.next_at) == (is_met, None)
    assert stages(clock) == raised
    assert not clock.notices.filter(settled_at=None).exists()


def test_an_answer_in_a_pause_ends_it_and_is_met(run):
    clock = run.stop(run.pause(run.start(), "14:00"), "2026-09-16 09:00")

    assert (clock.due_at, clock.is_met) == (wall("2026-09-16 09:30"), True)


def test_an_answer_before_the_start_is_refused_and_a_second_one_changes_nothing(run):
    clock = run.start()
    with pytest.raises(UnableToRun):
        run.stop(clock, "08:00")

    run.stop(clock, "10:00")
    again = run.stop(clock, "11:00")

    assert again.stopped_at == wall("10:00")


def test_one_clock_of_a_kind_runs_for_a_thing_until_it_is_over(run):
    clock = run.start()
    with pytest.raises(UnableToRun):
        run.start(subject_id=clock.subject_id)
    run.stop(clock, "10:00")

    run.start(subject_id=clock.subject_id)

    found = queries.clocks_of("thing", [clock.subject_id, 99])
    assert [each.state for each in found[clock.subject_id]] == ["STOPPED", "RUNNING"]
    assert found[99] == []


def test_all_clocks_of_a_thing_start_together_and_are_withdrawn_together(run, people):
    thing = Timed("thing", 7, people.units.district, people.manager)
    promises = [
        Promised(ClockKind.RESOLVE, standard("1 working_day"), "C19 A v1"),
        Promised(ClockKind.FIRST_RESPONSE, standard("2 hour"), "R1 v1"),
    ]
    at, by = wall("09:00"), people.manager
    operations.start_clocks(thing=thing, promises=promises, at=at, by=by)

    kinds = [clock.kind for clock in queries.clocks_of("thing", [7])[7]]
    operations.drop_clocks(subject="thing", subject_id=7, reason="客户撤回", by=by, at=at)

    assert kinds == [ClockKind.FIRST_RESPONSE, ClockKind.RESOLVE]
    assert not Clock.objects.exclude(state=ClockState.DROPPED, next_at=None).exists()


def test_a_better_tier_makes_it_earlier_from_the_start_and_never_later(run):
    clock = run.start("1 working_day")
    promised = {ClockKind.RESOLVE: (standard("4 working_hour"), "C17 VIP v2")}

    run.act(operations.rebase_clocks, clock, "10:00", promised=promised, reason="升为钻石卡")
    assert (clock.due_at, clock.source) == (wall("14:30"), "C17 VIP v2")
    entry = Change.objects.filter(subject_type="clocks.clock").latest("pk")
    assert entry.reason == "升为钻石卡"
    assert {"amount", "time_unit", "source", "due_at"} <= set(entry.fields)

    longer = {ClockKind.RESOLVE: (standard("2 working_day"), "C17 C v2")}
    run.act(operations.rebase_clocks, clock, "11:00", promised=longer, reason="降级")
    assert clock.due_at == wall("14:30")


def test_a_warning_that_a_correction_overtakes_is_void_and_raised_again_in_time(run, people):
    clock = run.start()
    operations.sweep(at=wall("13:50"))
    assert stages(clock) == [1]

    operations.move_start(
        clock=clock,
        started_at=wall("13:30"),
        reason="录入有误",
        by=people.supervisor,
        at=wall("14:00"),
    )

    clock.refresh_from_db()
    assert (clock.due_at, stages(clock)) == (wall("17:30"), [])
    operations.sweep(at=wall("16:42"))
    assert stages(clock) == [1]


def test_pauses_are_entered_corrected_and_taken_back_with_a_reason(run, people):
    clock = run.stop(run.start(), "15:00")
    by, at = people.supervisor, wall("17:00")
    assert not clock.is_met

    operations.add_pause(
        clock=clock,
        paused_at=wall("10:00"),
        resumed_at=wall("11:00"),
        reason="等客户开门",
        by=by,
        at=at,
    )
    clock.refresh_from_db()
    assert (clock.due_at, clock.is_met, stages(clock)) == (wall("15:30"), True, [1])

    operations.correct_pause(
        pause=ClockPause.objects.get(),
        paused_at=wall("10:00"),
        resumed_at=wall("10:10"),
        reason="只等了十分钟",
        by=by,
        at=at,
    )
    clock.refresh_from_db()
    assert (clock.due_at, clock.is_met, stages(clock)) == (wall("14:40"), False, [1, 2])

    operations.remove_pause(pause=ClockPause.objects.get(), reason="没有等", by=by, at=at)
    clock.refresh_from_db()
    assert clock.due_at == wall("14:30")
    reasons = Change.objects.filter(subject_type="clocks.clock").values_list("reason", flat=True)
    assert {"等客户开门", "只等了十分钟", "没有等"} <= set(reasons)


def test_a_pause_that_ended_while_one_waited_is_corrected_as_it_is(run, people):
    clock = run.start()
    run.pause(clock, "10:00")
    seen = ClockPause.objects.get()
    run.stop(clock, "15:00")
    by, at = people.supervisor, wall("17:00")

    with pytest.raises(UnableToRun):
        operations.correct_pause(
            pause=seen, paused_at=wall("10:10"), resumed_at=None, reason="补正", by=by, at=at
        )
    operations.remove_pause(pause=seen, reason="没有等", by=by, at=at)
    clock.refresh_from_db()
    assert (clock.state, clock.stopped_at) == ("STOPPED", wall("15:00"))
    with pytest.raises(UnableToRun):
        operations.remove_pause(pause=seen, reason="再次", by=by, at=at)


def test_corrections_that_cannot_be_are_refused(run, people):
    clock = run.start()
    options = {"clock": clock, "reason": "x", "by": people.supervisor, "at": wall("12:00")}

    with pytest.raises(UnableToRun):
        operations.move_start(started_at=wall("12:01"), **options)
    with pytest.raises(UnableToRun):
        operations.add_pause(paused_at=wall("11:00"), resumed_at=wall("10:00"), **options)
    with pytest.raises(UnableToRun):
        operations.add_pause(paused_at=wall("08:00"), resumed_at=wall("10:00"), **options)
    for by in (people.manager, people.stranger):
        with pytest.raises(PermissionDenied):
            operations.move_start(started_at=wall("08:00"), **{**options, "by": by})


def test_a_clock_follows_its_owner_and_keeps_its_calendar(run, people):
    clock = run.start()

    operations.hand_over_clocks(
        subject="thing",
        subject_id=clock.subject_id,
        owner=people.stranger,
        unit=people.stranger.unit,
        by=people.supervisor,
        at=wall("10:00"),
    )

    clock.refresh_from_db()
    assert (clock.owner, clock.unit) == (people.stranger, people.stranger.unit)
    assert clock.calendar == people.units.district
    assert clock not in queries.clocks_visible_to(people.manager)
    assert clock in queries.clocks_visible_to(people.stranger)


def test_clocks_at_a_glance_ask_little(run, django_assert_max_num_queries):
    clocks = [run.start(), run.pause(run.start(), "10:00"), run.stop(run.start(), "10:00")]
    ids = [clock.subject_id for clock in clocks]
    queries.chips_of("thing", ids, at=wall("11:00"))

    with django_assert_max_num_queries(4):
        chips = queries.chips_of("thing", ids, at=wall("11:00"))

    faces = [(chip.state, chip.seconds) for (chip,) in chips.values()]
    assert faces == [("running", 2 * 3_600), ("paused", 3 * 3_600), ("met", 0)]
    late = queries.chips_of("thing", ids[:1], at=wall("2026-09-15 09:30"))[ids[0]][0]
    assert (late.state, late.seconds) == ("late", 4 * 3_600)


def test_a_calendar_without_working_time_is_refused_in_words(run, people, monkeypatch):
    monkeypatch.setattr(
        "dakehu.clocks.queries.timetables.calendars_of",
        lambda units, *, on: {unit.pk: never() for unit in units},
    )

    with pytest.raises(UnableToRun, match=r"没有工作时间|no working time"):
        run.start()
    assert not Clock.objects.exists()


def never():
    """Return a calendar in which nobody works."""
    return WorkCalendar(hours=((date.min, Hours(week=((),) * 7, follows_holidays=False)),))


def test_who_has_the_customer_sees_a_clock_kept_elsewhere_and_corrects_nothing(
    run, people, customers
):
    clock = run.start(customer=customers.own, owner=people.stranger, unit=people.stranger.unit)

    seen = {
        who: clock in queries.clocks_visible_to(getattr(people, who))
        for who in ("manager", "supervisor", "colleague", "stranger")
    }
    assert seen == {"manager": True, "supervisor": True, "colleague": False, "stranger": True}
    assert queries.clocks.may_correct(people.administrator, clock)
    with pytest.raises(PermissionDenied):
        operations.move_start(
            clock=clock, started_at=wall("08:00"), reason="x", by=people.supervisor,
            at=wall("12:00"),
        )  # fmt: skip
