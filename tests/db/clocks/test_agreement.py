"""Stored clocks agree with the reference that walks minute by minute, whatever was paused."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.clocks import standard, wall

from dakehu.clocks import operations, queries
from dakehu.clocks.models import Clock
from dakehu.clocks.operations import reckoning
from dakehu.clocks.rules.reference import reference_deadline
from dakehu.clocks.values import Pause

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    promised=st.sampled_from(
        ["2 hour", "3 working_hour", "1 half_working_day", "1 same_day", "2 working_day"]
    ),
    begins=st.integers(0, 12 * 24 * 60),
    waits=st.lists(st.tuples(st.integers(1, 300), st.integers(0, 2_000)), max_size=3),
)
def test_a_clock_that_was_paused_is_due_when_the_reference_says(run, promised, begins, waits):
    # Around the National Day holiday with its make-up days.
    at = wall("2026-09-25 00:00") + begins * MINUTE
    clock = run.start(promised, at.isoformat(sep=" ")[:16])
    pauses = []
    for runs, stands in waits:
        pauses.append(Pause(at + runs * MINUTE, at + (runs + stands) * MINUTE))
        at = pauses[-1].end or at
        thing = {"subject": "thing", "subject_id": clock.subject_id, "by": None, "reason": "x"}
        operations.pause_clocks(**thing, at=pauses[-1].start)
        operations.resume_clocks(**thing, at=at)

    stored = Clock.objects.get(pk=clock.pk)

    calendar = queries.calendar_of(run.unit, on=at.date())
    for percent, found in ((100, stored.due_at), (80, stored.warn_at)):
        expected = reference_deadline(
            calendar, clock.started_at, standard(promised), pauses, percent=percent
        )
        assert abs(found - expected) < MINUTE


def test_a_zone_with_summer_time_as_system_zone_changes_nothing(run, settings):
    settings.TIME_ZONE = "America/New_York"

    late = run.start("1 same_day", "2026-09-30 23:59")
    round_the_clock = run.start("3 hour", "2026-11-01 13:00")

    assert late.due_at == wall("2026-10-08 18:00")
    assert round_the_clock.due_at == wall("2026-11-01 16:00")
    assert reckoning.tell(at=wall("2026-11-01 17:00")) == 0
