"""Expressions as SQL: the engine must say what plain Python says."""

import duckdb
import pytest

from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.expressions import (
    Arithmetic,
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
from dakehu.rulekit.sql import DUCKDB, SPARK, Compiler
from dakehu.rulekit.walking import named_in, steps_in

a, b, gone = Input("a"), Input("b"), Input("gone")
PARAMETERS = {"limit": 7}
HUGE = 2**62


def in_engine(sql: str, row: dict[str, int | None]) -> object:
    columns = ", ".join(
        f"CAST({'NULL' if value is None else value} AS BIGINT) AS {name}"
        for name, value in row.items()
    )
    with duckdb.connect() as con:
        found = con.execute(f"SELECT {sql} FROM (SELECT {columns})").fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    "number",
    [
        Literal(-5),
        Parameter("limit") + a,
        a - b,
        a * b * a,
        a // b,
        b // a,
        b // 2,
        Literal(-6) // 2,
        a // 0,
        gone // a,
        Least(a, b),
        Least(gone, b),
        Least(b, gone),
        Greatest(a, b),
        Greatest(gone, b),
        Total((a, gone, b)),
        Total((gone, gone)),
        FirstKnown((gone, b)),
        Choose(((a < 0, Literal(1)), (a > 0, b)), gone),
        Choose((), a),
        Input("huge") * Input("huge") * 7,
    ],
)
def test_a_number_is_the_same_in_the_engine(number: Number) -> None:
    row = {"a": 7, "b": -2, "gone": None, "huge": HUGE}

    in_sql = in_engine(Compiler(parameters=PARAMETERS).number(number), row)

    assert in_sql == Row(row, PARAMETERS).value(number)


@pytest.mark.parametrize(
    "predicate",
    [
        a < b,
        a >= Parameter("limit"),
        gone <= 1,
        ~(gone <= 1),
        gone.equals(gone),
        gone.is_known(),
        a.is_in((7, 8)),
        a.is_in(()),
        gone.is_in((7,)),
        a.has_bits(4),
        a.has_bits(8),
        gone.has_bits(8),
        all_of(),
        any_of(),
        all_of(a > 0, b < 0),
        any_of(a < 0, gone > 0),
    ],
)
def test_a_predicate_is_the_same_in_the_engine_and_never_null(predicate: Predicate) -> None:
    row = {"a": 7, "b": -2, "gone": None}

    in_sql = in_engine(Compiler(parameters=PARAMETERS).predicate(predicate), row)

    assert in_sql is Row(row, PARAMETERS).holds(predicate)


def test_steps_become_columns_in_the_order_they_need() -> None:
    doubled = Step("doubled", a * 2)
    more = Step("more", doubled + doubled * b)
    compiler = Compiler()

    layers = steps_in([more > 0, doubled])
    query = compiler.with_steps("(SELECT 7 AS a, -2 AS b)", [more > 0, doubled])
    with duckdb.connect() as con:
        found = con.execute(f"SELECT {compiler.number(more)}, doubled FROM ({query})").fetchone()

    assert layers == ((doubled,), (more,))
    assert found == (-14, 14)
    assert [leaf.name for leaf in named_in(more)] == ["a", "a", "b"]


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        steps_in([Step("x", a), Step("x", b)])


def test_dialects_differ_only_in_spelling() -> None:
    rule = all_of(a // b < Parameter("limit"), a.has_bits(1))

    for_duckdb = Compiler(DUCKDB, PARAMETERS).predicate(rule)
    for_spark = Compiler(SPARK, PARAMETERS).predicate(rule)

    respelt = for_spark.replace("`", '"').replace("DECIMAL(38,0)", "HUGEINT")
    assert respelt.replace(" div ", " // ") == for_duckdb


def test_a_parameter_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Compiler().number(Parameter("limit"))


def test_what_is_not_of_the_rule_kit_is_refused() -> None:
    with pytest.raises(TypeError, match="not a number"):
        Compiler().number(Number())
    with pytest.raises(TypeError, match="not a predicate"):
        Compiler().predicate(Predicate())
    assert isinstance(a + b, Arithmetic)
