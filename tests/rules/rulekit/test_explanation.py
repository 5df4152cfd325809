"""Explanations: which parts held, with the values they saw."""

import pytest

from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.explanation import Finding, Seen, Sort, explain
from dakehu.rulekit.expressions import (
    Choose,
    FirstKnown,
    Greatest,
    Input,
    Literal,
    Parameter,
    Predicate,
    Step,
    Total,
    all_of,
    any_of,
)

a, gone = Input("a"), Input("gone")
ROW = Row({"a": 7, "gone": None}, {"limit": 5})


def test_a_comparison_shows_both_sides_and_what_stands_in_them() -> None:
    finding = explain(a * 2 >= Parameter("limit") + a, ROW)

    assert finding == Finding(
        Sort.COMPARISON,
        held=True,
        operator=">=",
        left=14,
        right=12,
        seen=(Seen("a", 7), Seen("limit", 5)),
    )


def test_a_missing_number_is_shown_as_missing() -> None:
    finding = explain(gone < 3, ROW)

    assert (finding.held, finding.left, finding.right) == (False, None, 3)
    assert finding.seen == (Seen("gone", None),)


def test_all_parts_are_shown_whether_they_held_or_not() -> None:
    finding = explain(all_of(a > 0, ~gone.is_known(), any_of(a > 9, a.is_in((7,)))), ROW)

    assert (finding.sort, finding.held) == (Sort.ALL, True)
    assert [part.sort for part in finding.parts] == [Sort.COMPARISON, Sort.NOT, Sort.ANY]
    assert [part.held for part in finding.parts[2].parts] == [False, True]
    assert finding.parts[1].parts[0].sort is Sort.KNOWN


def test_flags_are_shown_with_their_mask() -> None:
    finding = explain(a.has_bits(Parameter("limit")), ROW)

    assert (finding.sort, finding.held, finding.left, finding.right) == (Sort.BITS, True, 7, 5)


def test_what_stands_in_a_step_is_seen_too() -> None:
    worth = Choose(((gone > 1, Total((a, gone))),), FirstKnown((gone, Greatest(a, Literal(1)))))

    finding = explain(Step("worth", worth).equals(7), ROW)

    assert finding.held
    assert finding.seen == (Seen("gone", None), Seen("a", 7))


def test_what_is_not_of_the_rule_kit_is_refused() -> None:
    with pytest.raises(TypeError, match="not a predicate"):
        explain(Predicate(), ROW)
