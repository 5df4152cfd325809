"""Who runs what when the two databases share the work, so that each case costs its time once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def own_share(cases: Sequence[Any]) -> Sequence[Any]:
    """Return every other case: SQLite runs the even ones, PostgreSQL the rest."""
    return cases[_turn() :: 2]


def is_ours(*case: Any) -> bool:
    """Tell whether this database runs a case that stands in no row of cases; half of them are."""
    return sum(map(ord, "".join(map(str, case)))) % 2 == _turn()


def _turn() -> int:
    return 0 if connection.vendor == "sqlite" else 1
