"""Whatever the facts are: routing loses nothing, repeats itself, and survives being kept."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.channels.choices import Activity, Channel, Class, Kind, Outcome
from dakehu.channels.jobs.packs import shipped_matrix
from dakehu.channels.rules.facts import facts_from_data, facts_to_data
from dakehu.channels.rules.routing import decide, on_duty
from dakehu.channels.values import Candidate, Facts, Named

BODY = shipped_matrix()
CODES = ("VPMN", "MAIL", "LEASED_LINE", "MAS", "UNHEARD_OF")


NOBODY = st.none()


def people(keys, *, deputies=NOBODY):
    """Return somebody who may be away, full or gone."""
    return st.builds(
        Candidate,
        key=keys,
        name=st.just("某人"),
        is_active=st.booleans(),
        is_away=st.booleans(),
        deputy=deputies,
        is_full=st.booleans(),
        open_count=st.integers(0, 9),
        authorities=st.frozensets(st.sampled_from(CODES)),
    )


def others(first):
    """Return somebody, perhaps with a deputy."""
    keys = st.integers(first, first + 99)
    return people(keys, deputies=NOBODY | people(st.integers(first + 100, first + 199)))


FACTS = st.builds(
    Facts,
    channel=st.sampled_from(Channel),
    named=st.lists(
        st.builds(Named, st.sampled_from(CODES), st.sampled_from(Activity)), max_size=3
    ).map(tuple),
    has_specifics=st.booleans(),
    plans=st.booleans(),
    is_willing=st.booleans(),
    customer_class=st.sampled_from(Class),
    in_person=st.booleans(),
    authorities=st.frozensets(st.sampled_from(CODES)),
    manager=NOBODY | others(0),
    partners=st.lists(others(1000), max_size=3, unique_by=lambda each: each.key).map(tuple),
    telephone=NOBODY | others(2000),
)


@given(FACTS)
@settings(max_examples=150)
def test_every_contact_has_exactly_one_fate(facts):
    decision = decide(BODY, facts)

    assert (decision.receiver is None) == (decision.outcome != Outcome.OFFERED)
    assert (decision.limit is None) == (decision.outcome != Outcome.OFFERED)
    assert (decision.kind == Kind.CONSULTATION) == (decision.outcome == Outcome.KEPT)
    assert (decision.rule == 0) == (decision.outcome == Outcome.KEPT)
    for person in (decision.receiver, decision.watcher, decision.helper, decision.follow_up):
        assert person is None or (person.is_active and not person.is_away)
    if decision.outcome == Outcome.QUEUED:
        line = [facts.manager] if facts.manager else facts.partners
        assert not any(on_duty(each) for each in line)
    named = {each.candidate.key for each in decision.passed_over}
    assert decision.receiver is None or decision.receiver.key not in named


@given(FACTS)
@settings(max_examples=60)
def test_facts_that_were_kept_lead_to_the_same_decision(facts):
    kept = facts_from_data(facts_to_data(facts))

    assert kept == facts
    assert decide(BODY, kept) == decide(BODY, facts)
