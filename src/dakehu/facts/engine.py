"""
One way to open DuckDB: bounded memory, own temporary folder, nothing fetched from anywhere.

The engine's 2.0 extensions would be downloaded at first use, which a closed network refuses and
an open one should not do; both ways in are shut here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class EngineLimits:
    """How much of the machine one connection may use."""

    temp_directory: Path
    memory: str = "768MB"
    threads: int = 2


def connect(limits: EngineLimits) -> duckdb.DuckDBPyConnection:
    """Open an in-memory engine that spills to ``limits.temp_directory``; the caller closes it."""
    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": limits.memory,
            "threads": limits.threads,
            "temp_directory": str(limits.temp_directory),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def text_sql(value: str) -> str:
    """Quote one text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def paths_sql(paths: Iterable[Path]) -> str:
    """Write paths as the list literal that ``read_parquet`` and ``read_csv`` take."""
    return "[" + ", ".join(text_sql(str(path)) for path in paths) + "]"
