"""Random expressions on random rows: the engine must say what plain Python says."""

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dakehu.rulekit import expressions as ex
from dakehu.rulekit.arrays import Column, Rows
from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.explanation import explain
from dakehu.rulekit.sql import Compiler

NAMES = ("a", "b", "c")
VALUES = st.one_of(st.none(), st.integers(-12, 12), st.integers(-(10**6), 10**6))
LEAVES = st.one_of(
    st.sampled_from(NAMES).map(ex.Input),
    st.just(ex.Parameter("limit")),
    st.integers(-9, 9).map(ex.Literal),
)
COMPARED = st.sampled_from(("<", "<=", "=", ">=", ">"))


def numbers(inner):
    predicates = st.deferred(lambda: PREDICATES)
    return st.one_of(
        st.builds(ex.Arithmetic, st.sampled_from(("+", "-", "*", "//")), inner, inner),
        st.builds(ex.Least, inner, inner),
        st.builds(ex.Greatest, inner, inner),
        st.builds(ex.Total, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(ex.FirstKnown, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(
            ex.Choose,
            st.lists(st.tuples(predicates, inner), max_size=2).map(tuple),
            inner,
        ),
    )


NUMBERS = st.recursive(LEAVES, numbers, max_leaves=6)
SMALL = st.recursive(
    LEAVES,
    lambda inner: st.builds(ex.Arithmetic, st.sampled_from("+-*"), inner, inner),
    max_leaves=3,
)
PREDICATES = st.recursive(
    st.one_of(
        st.builds(ex.Comparison, COMPARED, SMALL, SMALL),
        st.builds(ex.Member, SMALL, st.lists(st.integers(-9, 9), max_size=3).map(tuple)),
        st.builds(ex.HasBits, LEAVES, st.integers(0, 15).map(ex.Literal)),
        st.builds(ex.Known, SMALL),
    ),
    lambda inner: st.one_of(
        st.builds(ex.AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(ex.AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(ex.Not, inner),
    ),
    max_leaves=5,
)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)), min_size=1, max_size=5)
PARAMETERS = {"limit": 3}


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        yield con


def in_engine(con, sql, rows):
    listed = ", ".join(
        f"({place}, {', '.join('NULL' if row[n] is None else str(row[n]) for n in NAMES)})"
        for place, row in enumerate(rows)
    )
    typed = ", ".join(f"CAST({name} AS BIGINT) AS {name}" for name in NAMES)
    found = con.execute(
        f"SELECT {sql} FROM (SELECT place, {typed} FROM (VALUES {listed}) "
        f"AS t(place, {', '.join(NAMES)})) ORDER BY place"
    )
    return [value for (value,) in found.fetchall()]


def in_arrays(rows):
    columns = {}
    for name in NAMES:
        known = np.array([row[name] is not None for row in rows])
        columns[name] = Column.of(np.array([row[name] or 0 for row in rows]), known)
    return Rows(columns, PARAMETERS, shape=(len(rows),))


def listed(column, rows):
    known = np.broadcast_to(True if column.known is None else column.known, len(rows))
    values = np.broadcast_to(column.values, len(rows)).tolist()
    return [value if is_known else None for value, is_known in zip(values, known, strict=True)]


@given(number=NUMBERS, rows=ROWS)
@settings(max_examples=150)
def test_random_numbers_agree(con, number, rows):
    in_python = [Row(row, PARAMETERS).value(number) for row in rows]

    assert in_engine(con, Compiler(parameters=PARAMETERS).number(number), rows) == in_python
    assert listed(in_arrays(rows).column(number), rows) == in_python


@given(predicate=PREDICATES, rows=ROWS)
@settings(max_examples=150)
def test_random_predicates_agree_and_are_explained_truly(con, predicate, rows):
    in_python = [Row(row, PARAMETERS).holds(predicate) for row in rows]

    assert in_engine(con, Compiler(parameters=PARAMETERS).predicate(predicate), rows) == in_python
    assert in_arrays(rows).holds(predicate).tolist() == in_python
    changed = in_arrays(rows).with_parameter("limit", -2)
    assert changed.holds(predicate).tolist() == [
        Row(row, {"limit": -2}).holds(predicate) for row in rows
    ]
    assert [explain(predicate, Row(row, PARAMETERS)).held for row in rows] == in_python


def test_arrays_are_exact_beyond_64_bits():
    huge = Column.of(np.array([10**17, -(10**17)]))
    product = ex.Input("a") * ex.Input("a") * 1_000

    column = Rows({"a": huge}, {}, shape=(2,)).column(product)

    assert column.values.tolist() == [10**37, 10**37]
