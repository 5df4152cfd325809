"""A calendar that changes moves the deadlines of open clocks, also after a kill."""

from datetime import date

import pytest
from tests.factories.calendars import close, propose
from tests.factories.clocks import stages, wall
from tests.factories.people import StaffFactory

from dakehu.audit.models import Change
from dakehu.clocks import operations, queries
from dakehu.clocks.models import DeadlineMove, Recount
from dakehu.clocks.operations import recounting

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)


def due(clock):
    """Return when a clock is due as it is stored."""
    clock.refresh_from_db()
    return clock.due_at


def test_a_closed_day_moves_what_is_open_below_the_unit_and_nothing_else(run, people):
    moved = run.start("1 working_day")
    paused = run.pause(run.start("1 working_day"), "10:00")
    answered = run.stop(run.start("1 working_day"), "10:00")
    elsewhere = run.start("1 working_day", unit=people.stranger.unit)
    operations.sweep(at=wall("2026-09-15 17:00"))
    assert stages(moved) == [1]

    close(people.units.city, people.administrator, TUESDAY)
    operations.recount_all(at=wall("2026-09-15 17:10"))

    assert due(moved) == wall("2026-09-16 18:00")
    assert stages(moved) == []
    assert due(answered) == due(elsewhere) == wall("2026-09-15 18:00")
    assert due(paused) is None
    found = Recount.objects.get()
    assert (found.looked, found.moved, found.finished_at) == (2, 1, wall("2026-09-15 17:10"))
    entry = Change.objects.filter(subject_type="clocks.clock").latest("pk")
    assert entry.reason == f"2026-09-15 供电检修 (#{found.pk})"
    assert queries.recounts_of(people.units.district) == [found]


def test_taking_the_day_back_and_new_hours_move_it_again(run, people):
    clock = run.start("1 working_day")
    close(people.units.city, people.administrator, TUESDAY)
    operations.recount_all(at=wall("10:00"))

    day = queries.set_days_of(people.units.city, 2026)[0]
    operations.clear_day(kept=day, by=people.administrator, at=wall("10:01"))
    operations.recount_all(at=wall("10:02"))
    assert due(clock) == wall("2026-09-15 18:00")

    hours = propose(people.units.city, people.administrator, active_from=TUESDAY, at=wall("10:03"))
    second = StaffFactory(unit=people.administrator.unit, role=people.administrator.role)
    operations.publish_hours(proposed=hours, version=hours.version, by=second, at=wall("10:04"))
    operations.recount_all(at=wall("10:05"))
    assert due(clock) == wall("2026-09-15 18:00")
    assert list(DeadlineMove.objects.order_by("pk").values_list("became", flat=True))[:2] == [
        wall("2026-09-16 18:00"),
        wall("2026-09-15 18:00"),
    ]


def test_a_recount_that_is_killed_is_gone_on_with_and_moves_nothing_twice(
    run, people, monkeypatch
):
    clocks = [run.start("1 working_day") for _number in range(3)]
    close(people.units.city, people.administrator, TUESDAY)
    monkeypatch.setattr(recounting, "BATCH", 1)
    real, left = recounting.store, [2]

    def die_at_the_second(*args, **options):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return real(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(recounting, "store", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            operations.recount_all(at=wall("10:00"))
    operations.recount_all(at=wall("10:01"))

    assert {due(clock) for clock in clocks} == {wall("2026-09-16 18:00")}
    found = Recount.objects.get()
    assert (found.looked, found.moved, found.moves.count()) == (3, 3, 3)


def test_a_calendar_under_which_nothing_runs_wants_no_recount(run, people):
    run.start("1 working_day", unit=people.stranger.unit)

    close(people.units.city, people.administrator, TUESDAY)

    assert not Recount.objects.exists()


def test_the_night_counts_deadlines_in_years_that_nobody_has_announced(run):
    run.start("5 working_day", "2026-12-30 09:00")
    run.stop(run.start("5 working_day", "2026-12-30 09:00"), "2026-12-30 10:00")
    run.start()

    assert queries.provisional_years(at=wall("2026-12-30 12:00")) == {2027: 1}
