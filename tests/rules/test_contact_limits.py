"""How often a customer is contacted unasked: a table, and an evaluator that counts otherwise."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.outbox.rules import too_many
from dakehu.outbox.values import Limits, TooMany, Touch

AT = datetime(2026, 3, 31, 12, tzinfo=UTC)
USUAL = Limits(days=30, care=4, marketing=2, together=4)


def touch(days_ago, purpose="MARKETING", matter=""):
    at = AT - timedelta(days=days_ago)
    return Touch(purpose, at, matter or f"m-{days_ago}-{purpose}")


@pytest.mark.parametrize(
    ("purpose", "limits", "touches", "refused_by"),
    [
        ("MARKETING", USUAL, [], None),
        ("MARKETING", USUAL, [touch(1)], None),
        ("MARKETING", USUAL, [touch(1), touch(2)], (False, 2)),
        # Thirty days ago to the minute is over; a little less is not.
        ("MARKETING", USUAL, [touch(30), touch(2)], None),
        ("MARKETING", USUAL, [touch(29.9), touch(2)], (False, 2)),
        # Two talks about one matter are one contact; the own matter never counts.
        ("MARKETING", USUAL, [touch(1, matter="a"), touch(2, matter="a")], None),
        ("MARKETING", USUAL, [touch(1, matter="own"), touch(2)], None),
        # What was asked for never counts, nor is it ever refused.
        ("MARKETING", USUAL, [touch(day, "SERVICE") for day in range(9)], None),
        ("SERVICE", USUAL, [touch(day) for day in range(9)], None),
        # Promotion steps back before care, and not the other way round.
        ("MARKETING", USUAL, [touch(day, "CARE") for day in range(1, 5)], (True, 4)),
        ("CARE", USUAL, [touch(day) for day in range(1, 9)], None),
        ("CARE", USUAL, [touch(day, "CARE") for day in range(1, 5)], (False, 4)),
        # Nought is no limit.
        ("MARKETING", Limits(30, 0, 0, 0), [touch(day) for day in range(1, 20)], None),
        ("MARKETING", Limits(30, 0, 0, 3), [touch(1), touch(2), touch(3, "CARE")], (True, 3)),
    ],
)
def test_a_contact_is_refused_by_the_number_that_it_would_pass(
    purpose, limits, touches, refused_by
):
    found = too_many(limits, touches, purpose=purpose, matter="own", at=AT)

    assert (found and (found.is_together, found.most)) == refused_by


def counted_otherwise(limits, touches, *, purpose, matter, at):
    """Cross out day by day what does not count, and hold what is left against the numbers."""
    left: dict[str, dict[str, datetime]] = {"CARE": {}, "MARKETING": {}}
    for each in sorted(touches, key=lambda one: one.at):
        age = (at - each.at).total_seconds()
        if age < limits.days * 86400 and each.purpose in left and each.matter != matter:
            left[each.purpose][each.matter] = each.at
    if purpose not in left:
        return None
    own = {"CARE": limits.care, "MARKETING": limits.marketing}[purpose]
    if own > 0 and len(left[purpose]) >= own:
        return TooMany(False, own, limits.days, max(left[purpose].values()))
    every = left["CARE"] | left["MARKETING"]
    if purpose == "MARKETING" and 0 < limits.together <= len(every):
        newest = max([*left["CARE"].values(), *left["MARKETING"].values()])
        return TooMany(True, limits.together, limits.days, newest)
    return None


purposes = st.sampled_from(["SERVICE", "CARE", "MARKETING"])
matters = st.sampled_from(["", "own", *"abcdef"])
limits = st.builds(Limits, st.integers(1, 40), *[st.integers(0, 5)] * 3)
touches = st.lists(
    st.builds(
        Touch,
        purposes,
        st.integers(0, 60 * 24).map(lambda hours: AT - timedelta(hours=hours)),
        matters,
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(limits, touches, purposes, matters)
def test_both_ways_of_counting_agree(limits, touches, purpose, matter):
    how = {"purpose": purpose, "matter": matter, "at": AT}

    assert too_many(limits, touches, **how) == counted_otherwise(limits, touches, **how)


@settings(max_examples=50)
@given(limits, touches, touches, purposes)
def test_one_more_contact_never_permits_what_was_refused(limits, touches, more, purpose):
    how = {"purpose": purpose, "matter": "own", "at": AT}

    if too_many(limits, touches, **how) is not None:
        assert too_many(limits, [*touches, *more], **how) is not None
