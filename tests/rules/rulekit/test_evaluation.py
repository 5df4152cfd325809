"""What expressions mean, row by row, in plain Python."""

import pytest

from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.expressions import (
    AllOf,
    AnyOf,
    Choose,
    FirstKnown,
    Greatest,
    Input,
    Least,
    Literal,
    Number,
    Parameter,
    Predicate,
    Step,
    Total,
    all_of,
    any_of,
)

a, b, gone = Input("a"), Input("b"), Input("gone")
ROW = Row({"a": 7, "b": -2, "gone": None}, {"limit": 7})


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (Literal(5), 5),
        (a, 7),
        (Parameter("limit"), 7),
        (a + b, 5),
        (a - b, 9),
        (a * b, -14),
        (a // b, -4),
        (a // 0, None),
        (a + gone, None),
        (gone * 0, None),
        (gone // a, None),
        (Least(a, b), -2),
        (Greatest(a, b), 7),
        (Least(a, gone), None),
        (Greatest(gone, a), None),
        (Total((a, gone, b)), 5),
        (Total((gone, gone)), None),
        (FirstKnown((gone, b, a)), -2),
        (FirstKnown((gone,)), None),
        (Choose(((a < 0, Literal(1)), (a > 0, Literal(2))), Literal(3)), 2),
        (Choose(((gone.is_known(), Literal(1)),), Literal(3)), 3),
        (Choose((), a), 7),
        (Step("doubled", a * 2), 14),
    ],
)
def test_a_number_has_this_value(number: Number, value: int | None) -> None:
    assert ROW.value(number) == value


@pytest.mark.parametrize(
    ("predicate", "held"),
    [
        (a < 8, True),
        (a < 7, False),
        (a <= 7, True),
        (a >= Parameter("limit"), True),
        (a > 7, False),
        (a.equals(7), True),
        (a.equals(b), False),
        (gone < 1, False),
        (gone >= 1, False),
        (gone.equals(gone), False),
        (~(gone < 1), True),
        (gone.is_known(), False),
        (a.is_known(), True),
        (a.is_in((1, 7)), True),
        (a.is_in(()), False),
        (gone.is_in((1, 7)), False),
        (a.has_bits(8), False),
        (a.has_bits(12), True),
        (gone.has_bits(1), False),
        (a.has_bits(gone), False),
        ((a > 0) & (b > 0), False),
        ((a > 0) | (b > 0), True),
        (all_of(), True),
        (any_of(), False),
    ],
)
def test_a_predicate_holds_or_does_not(predicate: Predicate, held: bool) -> None:
    assert ROW.holds(predicate) is held


def test_expressions_are_values() -> None:
    assert (a + 1 < b) == (Input("a") + 1 < Input("b"))
    assert hash(a + 1) == hash(Input("a") + 1)
    assert (a < b) != (a <= b)
    assert isinstance((a < b) & (b < a), AllOf)
    assert isinstance((a < b) | (b < a), AnyOf)


@pytest.mark.parametrize("name", ["", "A", "1a", 'a"b', "a b", "a;drop"])
def test_only_plain_names_are_taken(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        Input(name)


def test_an_unknown_name_is_an_error_not_missing() -> None:
    with pytest.raises(KeyError):
        Row({}).value(a)
    with pytest.raises(KeyError):
        Row({}).value(Parameter("limit"))


def test_what_is_not_of_the_rule_kit_is_refused() -> None:
    with pytest.raises(TypeError, match="not a number"):
        ROW.value(Number())
    with pytest.raises(TypeError, match="not a predicate"):
        ROW.holds(Predicate())
