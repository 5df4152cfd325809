"""Random promises: the quota agrees with the one counted day by day, and keeps its bounds."""

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.catalogue.choices import Cycle
from dakehu.obligations.choices import State
from dakehu.obligations.rules.quotas import period_of, required_for, state_of
from dakehu.obligations.rules.reference import days_of_period, reference_required
from dakehu.obligations.values import Stretch

DAYS = st.dates(date(2023, 12, 1), date(2026, 1, 31))
CYCLES = st.sampled_from(list(Cycle))


@st.composite
def timelines(draw):
    """Promises that follow each other, as standings and versions do."""
    edges = sorted(draw(st.lists(DAYS, min_size=2, max_size=5, unique=True)))
    return [
        Stretch(start, end, draw(st.integers(1, 6))) for start, end in itertools.pairwise(edges)
    ]


@settings(max_examples=60)
@given(cycle=CYCLES, day=DAYS, stretches=timelines())
def test_the_quota_is_the_one_counted_day_by_day(cycle, day, stretches):
    period = period_of(cycle, day)
    days = days_of_period(cycle, day)

    required = required_for(period, stretches)
    assert (period.start, period.last) == (days[0], days[-1])
    assert required == reference_required(str(cycle), day, stretches)
    assert required <= max(each.least for each in stretches)
    touched = any(s.start < period.end and s.end > period.start for s in stretches)
    assert (required > 0) == touched


@settings(max_examples=40)
@given(
    cycle=CYCLES, day=DAYS, required=st.integers(1, 5), done=st.integers(0, 6),
    later=st.integers(0, 800), data=st.data(),
)  # fmt: skip
def test_more_done_is_never_worse_and_time_alone_never_better(
    cycle, day, required, done, later, data
):
    period = period_of(cycle, day)
    inside = st.integers(0, period.days - 1).map(lambda n: period.start + timedelta(days=n))
    planned = sorted(data.draw(st.lists(inside, min_size=required, max_size=required)))
    order = [State.MET, State.ON_TRACK, State.DUE_SOON, State.OVERDUE, State.MISSED]

    def place(count, on):
        return order.index(
            state_of(
                required=required, done=count, period=period, planned=planned, waived=False, on=on
            )
        )

    assert place(done + 1, day) <= place(done, day)
    assert place(done, day + timedelta(days=later)) >= place(done, day)
