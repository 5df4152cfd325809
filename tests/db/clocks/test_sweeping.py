"""The sweep: each notice once, late rather than never, to whom it concerns, also after a kill."""

import pytest
from tests.factories.clocks import stages, wall

from dakehu.clocks import operations
from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.models import ClockNotice
from dakehu.clocks.operations import reckoning, sweeping
from dakehu.worklist.choices import TodoState
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for a process that ends here."""


def asked():
    """Return who is asked of what: owner and stage of open to-dos."""
    found = Todo.objects.filter(source="clock", state=TodoState.OPEN).order_by("source_id")
    return [(todo.owner, todo.facts["stage"]) for todo in found]


def test_owner_superior_and_those_above_are_asked_in_turn_and_each_once(run, people):
    chief = people.units.province.leader = people.operations_center
    people.units.province.save()
    clock = run.start("4 working_hour")

    for at in ("13:41", "13:42", "13:43", "14:30", "14:31"):
        operations.sweep(at=wall(at))
    assert asked() == [(people.manager, 1), (people.supervisor, 2)]

    operations.sweep(at=wall("2026-09-15 11:00"))
    assert asked() == [(people.manager, 1), (people.supervisor, 2), (chief, 3)]
    assert stages(clock) == [1, 2, 3]


def test_whoever_leads_a_unit_is_asked_and_nobody_of_their_own_delay(run, people):
    people.units.district.leader = people.manager
    people.units.district.save()
    people.units.city.leader = people.dispatcher
    people.units.city.save()
    run.start("4 working_hour")

    operations.sweep(at=wall("15:00"))

    assert asked() == [(people.manager, 1), (people.dispatcher, 2)]


def test_what_was_due_while_nobody_swept_is_raised_late_and_ends_at_the_top(run, people):
    clock = run.start("1 working_hour")

    operations.sweep(at=wall("2026-11-02 10:00"))
    operations.sweep(at=wall("2026-11-02 10:01"))

    clock.refresh_from_db()
    assert stages(clock) == [1, 2, 3, 4, 5, 6]
    assert clock.next_at is None
    assert list(ClockNotice.objects.values_list("due_at", flat=True)[:2]) == [
        wall("09:48"),
        wall("10:00"),
    ]


def test_to_dos_end_with_the_clock_and_follow_its_owner(
    run, people, django_capture_on_commit_callbacks
):
    clock = run.start()
    operations.sweep(at=wall("15:00"))

    with django_capture_on_commit_callbacks(execute=True):
        run.act(
            operations.hand_over_clocks,
            clock,
            "15:10",
            owner=people.colleague,
            unit=people.units.district,
        )
    assert asked() == [(people.colleague, 1), (people.supervisor, 2)]

    with django_capture_on_commit_callbacks(execute=True):
        run.stop(clock, "15:20")
    assert asked() == []
    assert not ClockNotice.objects.filter(settled_at=None).exists()


def test_a_paused_clock_raises_nothing_and_an_owner_is_asked_again_after_a_void(run, people):
    clock = run.pause(run.start(), "10:00")

    assert operations.sweep(at=wall("2026-09-18 18:00")) == 0
    run.resume(clock, "2026-09-21 09:00")
    assert operations.sweep(at=wall("2026-09-21 11:30")) == 1
    operations.move_start(
        clock=clock,
        started_at=wall("09:30"),
        reason="x",
        by=people.supervisor,
        at=wall("2026-09-21 11:31"),
    )
    operations.sweep(at=wall("2026-09-21 11:32"))
    assert asked() == []
    operations.sweep(at=wall("2026-09-21 13:50"))
    assert asked() == [(people.manager, 1)]


def test_a_calendar_that_lost_its_working_time_holds_up_nobody_else(run, people, monkeypatch):
    stuck, other = run.start(unit=people.stranger.unit), run.start()
    real = reckoning.timetables_for

    def unusable(clocks, *, at):
        if any(clock.calendar_id == people.stranger.unit.pk for clock in clocks):
            raise CalendarUnusable
        return real(clocks, at=at)

    with monkeypatch.context() as patched:
        patched.setattr(reckoning, "timetables_for", unusable)
        assert operations.sweep(at=wall("14:00")) == 1
    assert (stages(stuck), stages(other)) == ([], [1])

    operations.sweep(at=wall("15:00"))
    assert stages(stuck) == [1, 2]


@pytest.mark.parametrize(
    ("module", "name", "before"),
    [
        (reckoning, "point", True),
        (sweeping, "tell", True),
        (reckoning.events, "announce", True),
        (reckoning.events, "announce", False),
    ],
    ids=["before a batch is whole", "before asking", "while asking", "before asking is noted"],
)
def test_a_sweep_that_is_killed_leaves_nothing_twice_and_nothing_out(
    run, people, monkeypatch, module, name, before
):
    clocks = [run.start() for _number in range(5)]
    monkeypatch.setattr(sweeping, "BATCH", 2)
    monkeypatch.setattr(reckoning, "ROWS", 2)
    real, left = getattr(module, name), [2]

    def die_at_the_second(*args, **options):
        left[0] -= 1
        if left[0] == 0 or (name == "tell" and before):
            if not before:
                real(*args, **options)
            raise Killed
        return real(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, die_at_the_second)
        with pytest.raises(Killed):
            operations.sweep(at=wall("14:00"))
    operations.sweep(at=wall("14:01"))

    assert [stages(clock) for clock in clocks] == [[1]] * 5
    assert asked() == [(people.manager, 1)] * 5
    assert not ClockNotice.objects.filter(asked_at=None).exists()
