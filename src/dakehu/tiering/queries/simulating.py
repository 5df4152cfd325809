"""
Rules tried out beside those in force, for everybody in one pass; nothing is written (T19, T20).

:func:`simulated` gives the outcomes as the table :data:`OUTCOME`: number, unit, manager, ``base``
(the rank by the rules in force), ``before``, ``level``, ``turn``, and the measures seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from dakehu.customers.queries.numbers import holders_of
from dakehu.tiering.choices import TURN_NUMBERS
from dakehu.tiering.models import Scheme
from dakehu.tiering.queries.judging import Judged, judged
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.localizing import names_cities
from dakehu.tiering.rules.simulation import Moves, Pair
from dakehu.tiering.values import Body

OUTCOME = "outcome"
DRAFT = "draft"
IN_FORCE = "in_force"
HOLDERS = "holders"
OWN = ("number", "unit_id", "manager_id", "base", "before", "level", "turn")
JUDGED = ("number", "city_id", "due", "level", "streak", "turn", "before", "since")
ROWS_AT_ONCE = 5_000
Mover = tuple[str, int | None, int | None, int, str, dict[str, Any]]
"""Number, base, before, level, turn and the measures seen."""


@dataclass(frozen=True)
class Simulated:
    """An open engine that holds the table of outcomes, and how many customers it tells of."""

    con: duckdb.DuckDBPyConnection
    customers: int

    def moves(self, basis: str) -> Moves:
        """Count who goes from which rank to which; ``basis`` is ``base`` or ``before``."""
        rows = self.con.execute(f"SELECT {basis}, level, count(*) FROM {OUTCOME} GROUP BY 1, 2")
        counts: dict[Pair, int] = {(was, now): int(n) for was, now, n in rows.fetchall()}
        return Moves(counts)

    def levels(self) -> dict[str, dict[str, int]]:
        """Count customers by rank: as simulated, by the rules in force, as decided before."""
        found = {"level": self.moves("base").after()}
        found |= {basis: self.moves(basis).before() for basis in ("base", "before")}
        return {
            basis: {str(rank): count for rank, count in counts.items()}
            for basis, counts in found.items()
        }

    def movers(self) -> Iterator[Mover]:
        """Yield whose level changes, by number."""
        rows = self.con.execute(
            f"SELECT * FROM {OUTCOME} WHERE base <> level OR before <> level ORDER BY number"
        )
        names = [column[0] for column in rows.description or ()]
        while batch := rows.fetchmany(ROWS_AT_ONCE):
            for row in batch:
                told = dict(zip(names, row, strict=True))
                seen = {name: value for name, value in told.items() if name not in OWN}
                turn = TURN_NUMBERS[told["turn"]].value
                yield told["number"], told["base"], told["before"], told["level"], turn, seen


@contextmanager
def simulated(scheme: Scheme, body: Body, *, base: Body | None, day: date) -> Iterator[Simulated]:
    """Try rules out on the customers of a data day, beside those in force; writes nothing."""
    bodies = {DRAFT: body, **({} if base is None else {IN_FORCE: base})}
    with judged(scheme, bodies, day=day) as found:
        register_holders(found.con, scheme)
        city = names_cities(body) or names_cities(base)
        query = outcome_query(found, base, with_city=city)
        found.con.execute(f"CREATE TEMP TABLE {OUTCOME} AS {query}")
        yield Simulated(found.con, found.customers)


def outcome_query(found: Judged, base: Body | None, *, with_city: bool) -> str:
    """Return the query that puts both judgements and the holders side by side."""
    seen = columns_of(found, DRAFT)
    columns = [f"d.city_id AS {CITY}"] if with_city else []
    columns += [f'd."{name}"' for name in seen]
    if base is not None:
        columns += [f'f."{name}"' for name in columns_of(found, IN_FORCE) if name not in seen]
    in_force = "" if base is None else f"JOIN {IN_FORCE} AS f USING (number)"
    own = (
        f"d.number, h.unit_id, h.manager_id, {'NULL::INTEGER' if base is None else 'f.level'} "
        "AS base, d.before, d.level, d.turn"
    )
    return (
        f"SELECT {', '.join([own, *columns])} FROM {DRAFT} AS d {in_force} "
        f"LEFT JOIN {HOLDERS} AS h ON h.number = d.number"
    )


def columns_of(found: Judged, table: str) -> list[str]:
    """Return the measures that a judgement saw."""
    described = found.rows(f"SELECT column_name FROM (DESCRIBE {table})")
    return [name for (name,) in described if name not in JUDGED]


def register_holders(con: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    """Create the table of who holds which customer now: number, unit, manager."""
    # Column by column: turning a million rows over at once takes longer than reading them.
    rows = list(holders_of(kinds_of(scheme)))
    con.register(
        "holder_rows",
        {
            "number": np.array([number for number, _, _ in rows], dtype=object),
            "unit_id": np.array([unit for _, unit, _ in rows], dtype=np.int64),
            # 0 is nobody: a whole column of numbers is taken over as it is.
            "manager_id": np.array([manager or 0 for _, _, manager in rows], dtype=np.int64),
        },
    )
    con.execute(
        f"CREATE TEMP TABLE {HOLDERS} AS SELECT CAST(number AS VARCHAR) AS number, unit_id, "
        "nullif(manager_id, 0) AS manager_id FROM holder_rows"
    )
    con.unregister("holder_rows")
