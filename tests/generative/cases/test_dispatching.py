"""Random days of engineers: the proposal agrees with the one found by striking out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.cases.rules.dispatching import proposal_for
from dakehu.cases.rules.reference import reference_able, reference_choice
from dakehu.cases.values import Engineer, Need, Stint

DAY = datetime(2026, 3, 3, tzinfo=UTC)
SKILLS = st.frozensets(st.sampled_from(["光缆", "路由", "布线"]), max_size=2)
AREAS = st.sampled_from([(1,), (1, 2), (1, 2, 3), (1, 2, 4), (1, 5)])


@st.composite
def stints(draw):
    start = draw(st.integers(16, 40))
    return Stint(
        DAY + timedelta(minutes=15 * start),
        DAY + timedelta(minutes=15 * (start + draw(st.integers(1, 8)))),
    )


@st.composite
def engineers(draw, key):
    some = st.lists(stints(), max_size=2).map(tuple)
    whole = Stint(DAY + timedelta(hours=4), DAY + timedelta(hours=13))
    return Engineer(
        key=key,
        skills=draw(SKILLS),
        area=draw(AREAS),
        busy=draw(some),
        done=draw(some),
        away=draw(st.sampled_from([(), (), (whole,)])),
        works=draw(st.sampled_from([(whole,), (whole,), ()])),
    )


@st.composite
def days(draw):
    people = [draw(engineers(key)) for key in range(1, draw(st.integers(0, 5)) + 1)]
    need = Need(
        time=draw(stints()),
        skills=draw(st.frozensets(st.sampled_from(["光缆", "路由"]), max_size=1)),
        area=draw(AREAS),
        original=draw(st.none() | st.integers(1, 5)),
        is_key=draw(st.booleans()),
    )
    return need, people


@settings(max_examples=60)
@given(day=days())
def test_the_proposal_is_the_one_found_by_striking_out(day):
    need, people = day

    proposal = proposal_for(need, people)

    assert proposal.chosen == reference_choice(need, people)
    assert {each.key: each.is_able for each in proposal.judged} == {
        each.key: reference_able(need, each) for each in people
    }
    assert all(each.reasons for each in proposal.judged)
