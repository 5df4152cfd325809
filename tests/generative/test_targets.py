"""Choosing customers in one pass agrees with plain steps, one customer after the other."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from dakehu.facts import measures as ms
from dakehu.facts.engine import EngineLimits, connect
from dakehu.targets.queries.records import add_column, register_rows
from dakehu.tiering.queries.choosing import CHOSEN, as_measure, choose
from dakehu.tiering.rules.compiling import words_in
from dakehu.tiering.rules.tier_reference import verdict
from dakehu.tiering.values import Either, Every, IsKnown, Limit, OneOf, Opposite

CITIES = ("01", "02", "03")
NUMBERS = st.one_of(st.none(), st.integers(-2, 4))
ROW = st.fixed_dictionaries(
    {
        "city": st.sampled_from([None, *CITIES]),
        "end": NUMBERS,
        "level": NUMBERS,
        "revenue": NUMBERS,
    }
)
LIMITS = st.builds(
    Limit,
    st.sampled_from(["end", "level", "revenue"]),
    st.sampled_from([">=", ">", "<=", "<", "=", "!="]),
    st.integers(-2, 4),
    missing_met=st.booleans(),
)
LISTS = st.one_of(
    st.builds(
        OneOf,
        st.just("city"),
        st.lists(st.sampled_from([*CITIES, "99"]), min_size=1, max_size=3).map(tuple),
        missing_met=st.booleans(),
    ),
    st.builds(
        OneOf, st.just("level"), st.lists(st.integers(0, 4), min_size=1, max_size=2).map(tuple)
    ),
)
LEAVES = st.one_of(
    LIMITS, LISTS, st.builds(IsKnown, st.sampled_from(["city", "end", "level", "revenue"]))
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(Every, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(Either, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(Opposite, parts),
    ),
    max_leaves=6,
)


@trying(max_examples=40)
@given(st.lists(ROW, max_size=8), CONDITIONS)
def test_the_pass_chooses_whom_plain_steps_choose(rows, condition):
    words = words_in([condition])
    with connect(EngineLimits(Path(tempfile.gettempdir()), threads=1)) as con:
        con.execute(
            f"CREATE TEMP TABLE {ms.MEASURED} (number VARCHAR, city_id VARCHAR, revenue BIGINT)"
        )
        for n, row in enumerate(rows):
            con.execute(
                f"INSERT INTO {ms.MEASURED} VALUES (?, '01', ?)", [f"S{n}", row["revenue"]]
            )
        told = [(n, f"S{n}", 1, None, row["city"], row["end"]) for n, row in enumerate(rows)]
        register_rows(con, told, ["city", "end"], words)
        levels = [(n, row["level"]) for n, row in enumerate(rows) if row["level"] is not None]
        add_column(con, "level", levels, ())
        seen = [as_measure(code, "INDIVIDUAL") for code in ("city", "end", "level", "revenue")]

        total = choose(con, condition, seen, words=words, day=date(2026, 3, 1))

        found = [pk for (pk,) in con.execute(f"SELECT pk FROM {CHOSEN} ORDER BY 1").fetchall()]
    assert total == len(rows)
    assert found == [n for n, row in enumerate(rows) if verdict(condition, row)[0]]
