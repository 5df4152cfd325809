"""
A process whose own zone changes to daylight saving times nothing otherwise.

Django sets the zone of the process to that of the installation when its settings are read, so
running the suite elsewhere (TZ=America/Los_Angeles) proves only what happens before. Here the
zone is taken away from under a running process, at hours that such a zone has twice or never.
"""

import time

import pytest
from tests.factories.clocks import standard, wall

from dakehu.clocks import rules
from dakehu.clocks.models import Clock
from dakehu.clocks.operations import pause_clocks, resume_clocks, sweep
from dakehu.clocks.values import WorkCalendar

pytestmark = pytest.mark.django_db
NEW_YORK = "America/New_York"


@pytest.fixture(params=[NEW_YORK, "Australia/Lord_Howe"])
def elsewhere(request, monkeypatch):
    """The zone of the process, as an operating system may have it."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize(
    ("started", "promised", "due"),
    [
        # 2:30 in New York on 8 March does not exist; 1:30 on 1 November does twice.
        ("2026-03-08 15:30", "2 hour", "2026-03-08 17:30"),
        ("2026-11-01 13:30", "2 hour", "2026-11-01 15:30"),
        ("2026-11-01 14:30", "2 hour", "2026-11-01 16:30"),
        ("2026-03-06 17:00", "2 working_hour", "2026-03-09 10:00"),
        ("2026-10-30 17:00", "1 working_day", "2026-11-02 18:00"),
        ("2026-10-04 23:59", "1 working_day", "2026-10-09 18:00"),
    ],
)
def test_deadlines_are_the_same_and_survive_the_database(run, elsewhere, started, promised, due):
    assert time.tzname[0] in {"EST", "+1030"}  # Or the zone was not taken away at all.
    clock = run.start(promised, at=started)

    kept = Clock.objects.get(pk=clock.pk)
    assert (kept.started_at, kept.due_at) == (wall(started), wall(due))
    timetable = rules.Timetable(
        WorkCalendar(public=rules.known_public_days(2027)),
        wall("2026-01-01 00:00").date(),
        wall("2027-12-31 00:00").date(),
    )
    assert rules.deadline_of(timetable, wall(started), standard(promised), []).due == wall(due)


def test_a_pause_over_the_change_and_the_sweep_are_the_same(run, elsewhere):
    clock = run.start("4 hour", at="2026-11-01 12:00")
    pause = {"subject": clock.subject, "subject_id": clock.subject_id, "reason": "等", "by": None}
    pause_clocks(at=wall("2026-11-01 13:30"), **pause)
    resume_clocks(at=wall("2026-11-01 14:30"), **pause)
    clock.refresh_from_db()
    assert clock.due_at == wall("2026-11-01 17:00")

    sweep(at=wall("2026-11-01 16:59"))
    assert not clock.notices.filter(stage=2).exists()
    sweep(at=wall("2026-11-01 17:00"))
    assert clock.notices.filter(stage=2).exists()
