"""Random customers, people and numbers: both evaluators of owners agree; nobody is overfull."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dakehu.ownership import rules
from dakehu.ownership.rules.reference import reference_owners
from dakehu.ownership.values import Candidate, Homeless, OwnerNumbers

WORTH = st.integers(0, 60)
WEIGHT = st.integers(0, 12)
CITIES = st.sampled_from(["01", "02"])
LANGUAGES = st.sampled_from(["", "藏语", "彝语"])

numbers = st.builds(
    OwnerNumbers,
    area_unit=WORTH,
    area_city=WORTH,
    tier=WORTH,
    load=WORTH,
    language=WORTH,
    face_rank=st.integers(0, 4),
    load_levels=st.tuples(*[WEIGHT] * 5),
    load_group=WEIGHT,
    load_prospect=WEIGHT,
)
kinds = st.sampled_from([(False, False), (True, False), (False, True)])


@st.composite
def customers(draw):
    """Draw customers with numbers of their own."""
    found = []
    for pk in range(1, draw(st.integers(0, 14)) + 1):
        is_group, is_prospect = draw(kinds)
        found.append(
            Homeless(
                pk=pk,
                unit_id=draw(st.integers(1, 4)),
                city=draw(CITIES),
                rank=draw(st.none() | st.integers(0, 4)),
                is_group=is_group,
                is_prospect=is_prospect,
                language=draw(LANGUAGES),
            )
        )
    return draw(st.permutations(found))


@st.composite
def candidates(draw):
    """Draw people with numbers of their own."""
    return [
        Candidate(
            pk=pk,
            unit_id=draw(st.integers(1, 4)),
            city=draw(CITIES),
            is_telephone=draw(st.booleans()),
            load=draw(st.integers(0, 40)),
            capacity=draw(st.integers(0, 60)),
            languages=draw(st.frozensets(LANGUAGES, max_size=2)),
        )
        for pk in range(1, draw(st.integers(0, 6)) + 1)
    ]


@given(customers(), candidates(), numbers)
def test_both_evaluators_propose_the_same_owners(homeless, people, by):
    proposals = rules.proposals_for(homeless, people, by)

    told = {
        each.customer_id: None if each.points is None else (each.owner_id, each.points.total)
        for each in proposals
    }
    assert told == reference_owners(homeless, people, by)


@given(customers(), candidates(), numbers)
def test_no_proposal_fills_anybody_beyond_capacity(homeless, people, by):
    weights = {each.pk: rules.load_of(each, by) for each in homeless}
    carried = Counter({each.pk: each.load for each in people})

    given_to = {each.pk for each in people if each.load <= each.capacity}
    for proposal in rules.proposals_for(homeless, people, by):
        if proposal.owner_id is not None:
            carried[proposal.owner_id] += weights[proposal.customer_id]

    capacities = {each.pk: each.capacity for each in people}
    assert all(carried[pk] <= capacities[pk] for pk in given_to)


@given(customers(), candidates(), numbers)
def test_the_order_of_the_customers_does_not_matter(homeless, people, by):
    assert rules.proposals_for(homeless, people, by) == rules.proposals_for(
        list(reversed(homeless)), list(reversed(people)), by
    )
