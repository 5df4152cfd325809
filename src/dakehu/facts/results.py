"""
Results of an evaluation at rest, and their export for other systems.

Every file is written under a temporary name and moved in one step, so a reader sees a whole file
or none.  The order of the rows is part of the format: by subscriber, then by rule, bytewise.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from dakehu.facts.engine import text_sql

PARQUET = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE 20480"
CSV = "FORMAT csv, HEADER, DELIMITER ','"


def write_query(
    con: duckdb.DuckDBPyConnection, query: str, target: Path, *, form: str = PARQUET
) -> Path:
    """Write what ``query`` selects to ``target``, aside first and then in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    con.execute(f"COPY ({query}) TO {text_sql(str(aside))} ({form})")
    aside.replace(target)
    return target


def kept_inputs(path: Path, sub_id: str) -> dict[str, int | None] | None:
    """
    The inputs that were kept with the signals of one subscriber, by name.

    ``path`` is a result ``evidence``; ``None`` when it does not list the subscriber.  Facts can be
    sent again later, so an explanation is made from these and not from the facts.
    """
    with duckdb.connect(":memory:") as con:
        found = con.execute(
            f"SELECT * EXCLUDE sub_id FROM read_parquet({text_sql(str(path))}, "
            "hive_partitioning = false) WHERE sub_id = $sub_id",
            {"sub_id": sub_id},
        )
        names = [column[0] for column in found.description]
        row = found.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def export_signals(path_in: Path | Iterable[Path], out: Path) -> int:
    """
    Write signals as ``sub_id, rule, a, b`` sorted by subscriber and rule; return their number.

    ``out`` is CSV or Parquet by its suffix (capability F13).

    :raises ValueError: if the suffix is neither.
    """
    return _export(path_in, out, "sub_id, rule, a, b", "sub_id, rule")


def export_standings(path_in: Path | Iterable[Path], out: Path) -> int:
    """
    Write card levels as ``sub_id, old_level, new_level, avg3, arr`` sorted by subscriber.

    ``out`` is CSV or Parquet by its suffix; the answer is the number of rows.

    :raises ValueError: if the suffix is neither.
    """
    return _export(path_in, out, "sub_id, old_level, new_level, avg3, arr", "sub_id")


def _export(path_in: Path | Iterable[Path], out: Path, columns: str, order: str) -> int:
    forms = {".csv": CSV, ".parquet": PARQUET}
    if out.suffix not in forms:
        raise ValueError(f"an export is .csv or .parquet, not {out.suffix!r}")
    paths = [path_in] if isinstance(path_in, Path) else list(path_in)
    files = ", ".join(text_sql(str(path)) for path in paths)
    source = f"read_parquet([{files}], hive_partitioning = false)"
    with duckdb.connect(":memory:") as con:
        write_query(
            con, f"SELECT {columns} FROM {source} ORDER BY {order}", out, form=forms[out.suffix]
        )
        counted = con.execute(f"SELECT count(*) FROM {source}").fetchone()
    return int(counted[0]) if counted else 0
