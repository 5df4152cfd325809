"""Present customers as columns beside their measures, for choosing among them in one pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries.night import warned_customers
from dakehu.customers.queries import custom_fields
from dakehu.customers.queries.columns import columns_of, custom_column, plain
from dakehu.targets.queries.operands import (
    COLUMNS,
    alert_code,
    kinds_for,
    level_code,
    own_code,
)
from dakehu.tiering.queries.choosing import RECORDS
from dakehu.tiering.queries.moves import ranks_in
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.values import Operand

UNKNOWN = -(1 << 62)
"""Stands for a missing number on its way into the engine: whole columns are taken over at once."""
OWN = ("pk", "number", "unit_id", "manager_id")
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class PresentCustomers:
    """The present customers of a kind, within some units; prospects too, where they count."""

    kind: str
    units: tuple[int, ...] | None
    with_prospects: bool = False

    def create(
        self, con: duckdb.DuckDBPyConnection, operands: Mapping[str, Operand], words: Words
    ) -> None:
        """Create the table of records: key, number, unit, manager and the operands."""
        stored = [code for code in operands if code in COLUMNS]
        kinds = kinds_for(self.kind, with_prospects=self.with_prospects)
        rows = columns_of(kinds, [COLUMNS[code][2] for code in stored], units=self.units)
        register_rows(con, rows, stored, words)
        for code in operands:
            if code not in COLUMNS:
                add_column(con, code, beside(code, self.kind), words.get(code, ()))


def register_rows(
    con: duckdb.DuckDBPyConnection,
    rows: Iterable[Sequence[Any]],
    codes: Sequence[str],
    words: Words,
) -> None:
    """Create the table of records from rows: key, number, unit, manager, and coded columns."""
    columns = list(zip(*rows, strict=True)) or [()] * (len(OWN) + len(codes))
    arrays: dict[str, Any] = {
        "pk": np.array(columns[0], dtype=np.int64),
        "number": np.array(columns[1], dtype=object),
        "unit_id": np.array(columns[2], dtype=np.int64),
        "manager_id": numbers(columns[3], ()),
    }
    for code, column in zip(codes, columns[len(OWN) :], strict=True):
        arrays[code] = numbers(column, words.get(code, ()))
    con.register("record_rows", arrays)
    told = ", ".join(f'nullif("{code}", {UNKNOWN}) AS "{code}"' for code in ["manager_id", *codes])
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {RECORDS} AS "
        f"SELECT pk, CAST(number AS VARCHAR) AS number, unit_id, {told} FROM record_rows"
    )
    con.unregister("record_rows")


def add_column(
    con: duckdb.DuckDBPyConnection,
    code: str,
    found: Iterable[tuple[int, Any]],
    words: Sequence[str],
) -> None:
    """Add a column to the records that is kept beside them, by customer."""
    pairs = list(found)
    con.register(
        "beside_rows",
        {
            "pk": np.array([pk for pk, _value in pairs], dtype=np.int64),
            "value": numbers([value for _pk, value in pairs], words),
        },
    )
    # Nobody with an open alert is a plain no; of all else nothing told is unknown.
    missing = "0" if code.startswith("alert__") else "NULL"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {RECORDS} AS SELECT r.*, "
        f'coalesce(nullif(b.value, {UNKNOWN}), {missing})::BIGINT AS "{code}" '
        f"FROM {RECORDS} AS r LEFT JOIN beside_rows AS b USING (pk)"
    )
    con.unregister("beside_rows")


def numbers(column: Iterable[Any], words: Sequence[str]) -> Any:
    """Return a column as numbers: words by their place from 1, others 0, nothing unknown."""
    values = list(column)
    first = next((each for each in values if each is not None and each != ""), None)
    if isinstance(first, str):
        places: dict[Any, int] = {word: place for place, word in enumerate(words, start=1)}
        places |= {None: UNKNOWN, "": UNKNOWN}
        found: list[Any] = [places.get(each, 0) for each in values]
    elif isinstance(first, int):
        found = [UNKNOWN if each is None else each for each in values]
    else:
        found = [UNKNOWN if each is None else plain(each) for each in values]
    return np.array(found, dtype=np.int64)


def beside(code: str, kind: str) -> Iterator[tuple[int, Any]]:
    """Yield what is kept beside the customers: levels, open alerts, own fields."""
    for scheme in schemes_known().filter(kind=kind):
        if code == level_code(scheme):
            yield from ranks_in(scheme)
    for rule in Rule:
        if code == alert_code(rule):
            yield from ((customer, 1) for customer in warned_customers(rule))
    for field in custom_fields(kinds_for(kind)[0]):
        if code == own_code(field):
            yield from custom_column(field)
