"""Who calls whom, how a text is cut, what a call leads to: tables and properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.campaigns.choices import Result, RowState
from dakehu.campaigns.rules import cost_of, replies_in, sms_parts, spread, state_after
from dakehu.campaigns.values import Judged


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("好", 1),
        ("好" * 70, 1),
        ("好" * 71, 2),
        ("好" * 134, 2),
        ("好" * 135, 3),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        # Each of these takes two places, a picture takes two as well.
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # One Chinese letter makes all of them wide.
        ("a" * 70 + "好", 2),
    ],
)
def test_a_text_is_cut_as_networks_cut_it(text, parts):
    assert sms_parts(text) == parts


@pytest.mark.parametrize(
    ("form", "cost"), [("CALL", 2000), ("SMS", 100), ("EMAIL", 0), ("SMS_CALL", 2100)]
)
def test_what_contacting_ten_customers_costs(form, cost):
    assert cost_of(form, 10, parts=2, sms_fen=5, call_fen=200) == cost


@pytest.mark.parametrize(
    ("result", "tries", "state"),
    [
        ("REACHED", 1, "DONE"),
        ("INTERESTED", 1, "DONE"),
        ("DECLINED", 2, "DONE"),
        ("REFUSED", 1, "DONE"),
        ("AGAIN", 1, "AGAIN"),
        ("AGAIN", 9, "AGAIN"),
        ("UNREACHED", 1, "OPEN"),
        ("UNREACHED", 2, "OPEN"),
        ("UNREACHED", 3, "DONE"),
    ],
)
def test_where_a_customer_stands_after_a_call(result, tries, state):
    assert state_after(result, tries) == state


@pytest.mark.parametrize("result", Result.values)
def test_every_result_leads_somewhere(result):
    assert {state_after(result, tries) for tries in range(1, 5)} <= set(RowState.values)


def test_replies_are_taken_line_by_line_each_once():
    assert replies_in(" 太贵 \n\n已有\n太贵") == ["太贵", "已有"]


people = st.lists(st.tuples(st.none() | st.integers(1, 4)), max_size=40).map(
    lambda rows: [Judged(number, 1, owner) for number, (owner,) in enumerate(rows)]
)
teams = st.lists(st.integers(10, 20), unique=True, max_size=5)


@settings(max_examples=80)
@given(people, teams, st.booleans())
def test_everybody_is_called_once_by_their_owner_or_evenly_by_the_team(customers, team, to_owner):
    found = spread(customers, team, to_owner=to_owner)

    assert found.keys() == {each.customer_id for each in customers}
    shared = [
        found[each.customer_id]
        for each in customers
        if not (to_owner and each.manager_id is not None)
    ]
    for each in customers:
        if to_owner and each.manager_id is not None:
            assert found[each.customer_id] == each.manager_id
    loads = [shared.count(one) for one in team]
    assert sum(loads) == (len(shared) if team else 0)
    assert not loads or max(loads) - min(loads) <= 1


@settings(max_examples=60)
@given(st.text(alphabet="a好€😀 ", max_size=400))
def test_a_longer_text_never_takes_fewer_parts(text):
    assert sms_parts(text + "a") >= sms_parts(text)
