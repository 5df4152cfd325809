"""The route of a day: agreed times are kept, the rest goes by district and street (G6)."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.care.rules.routes import begin_of, route_of
from dakehu.care.values import Stop

EAST, WEST = "东城区", "西城区"


def stop(pk, at=None, minutes=60, district=EAST, street=""):
    return Stop(pk, time.fromisoformat(at) if at else None, minutes, district, street)


ROUTES = {
    "nothing is planned": ([], []),
    "agreed times in their order": (
        [stop(1, "14:00"), stop(2, "09:00")],
        [(2, "AGREED", False), (1, "AGREED", False)],
    ),
    "what is near comes right after, if it fits": (
        [stop(1, "09:00"), stop(2, "11:00", district=WEST), stop(3), stop(4, minutes=90)],
        [(1, "AGREED", False), (3, "NEARBY", False), (2, "AGREED", False), (4, "ONWARD", False)],
    ),
    "times that overlap are shown": (
        [stop(1, "09:00", 90), stop(2, "10:00")],
        [(1, "AGREED", False), (2, "AGREED", True)],
    ),
    "without times by district and street": (
        [stop(1, street="港湾路"), stop(2, district=WEST), stop(3, street="世纪路")],
        [(3, "ONWARD", False), (1, "ALONG", False), (2, "ONWARD", False)],
    ),
    "the rest begins where the day has ended": (
        [stop(1, "16:00", district=WEST), stop(2), stop(3, minutes=30, district=WEST)],
        [(1, "AGREED", False), (3, "NEARBY", False), (2, "ONWARD", False)],
    ),
}


@pytest.mark.parametrize("name", ROUTES)
def test_the_route_of_a_day(name):
    stops, expected = ROUTES[name]

    assert [(leg.stop.pk, leg.reason, leg.clashes) for leg in route_of(stops)] == expected


STOPS = st.lists(
    st.builds(
        Stop,
        pk=st.integers(1, 99),
        at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        minutes=st.integers(1, 240),
        district=st.sampled_from([EAST, WEST, "高新区"]),
        street=st.sampled_from(["", "一路", "二路"]),
    ),
    max_size=8,
    unique_by=lambda each: each.pk,
)


@settings(max_examples=60)
@given(STOPS)
def test_every_stop_once_agreed_ones_in_time_and_reasons_that_are_true(stops):
    legs = route_of(stops)

    assert sorted(leg.stop.pk for leg in legs) == sorted(each.pk for each in stops)
    agreed = [begin_of(leg.stop) for leg in legs if leg.reason == "AGREED"]
    assert agreed == sorted(begin_of(each) for each in stops if each.at)
    for before, leg in zip([None, *legs], legs, strict=False):
        near = before is not None and before.stop.district == leg.stop.district
        assert near == (leg.reason in {"NEARBY", "ALONG"}) or leg.reason == "AGREED"
    # Districts after the last agreed time are gone through one by one.
    places = [leg.stop.district for leg in legs if leg.reason in {"ONWARD", "ALONG"}]
    runs = [here for here, before in zip(places, [None, *places], strict=False) if here != before]
    assert len(runs) == len(set(runs))
