"""
The rows of one order in the engine: loaded in delivery order, judged by sets, written sorted.

A row's place is its position over all staged files; spans of places say which file it came from.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb

from dakehu.facts.engine import paths_sql, text_sql
from dakehu.facts.intake.forms import Verdicts, form_sql, name_sql, value_sql
from dakehu.facts.intake.rows import Fault, RowRules
from dakehu.facts.intake.source import LONGEST_LINE
from dakehu.facts.intake.staging import Staged, split_record
from dakehu.facts.intake.values import IntakeOrder, Layout, RowReason

PROSE_PIECE_ROWS = 2048
"""Rows in one piece of a file with prose: the fewest that the engine writes."""

_STRUCTURE = ("MISSING COLUMNS", "TOO MANY COLUMNS")


class EngineDisagrees(Exception):
    """The engine read another number of rows than were staged: a defect, never a sender's."""


@dataclass
class Span:
    """The places of one staged file, and its rows that the engine could not read as values."""

    staged: Staged
    first: int = 0
    unread: dict[int, Fault] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows of the file are in the engine."""
        return self.staged.lines.rows - len(self.unread)

    def line_of(self, place: int) -> int:
        """Say on which line of the delivered file the row at a place began."""
        row = place - self.first
        return self.staged.lines.line_of(row + bisect_right(self._shifts, row))

    @cached_property
    def _shifts(self) -> list[int]:
        # Each unread row moves the staged position of the loaded rows behind it by one.
        return [row - at for at, row in enumerate(sorted(self.unread))]


class RowTable:
    """The loaded rows of one order; every method is one or a few set operations."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        order: IntakeOrder,
        rules: RowRules,
        trusted: bool,
    ) -> None:
        self._connection = connection
        self._order = order
        self._rules = rules
        self._trusted = trusted
        self._verdicts = Verdicts(
            order.interface,
            columns=rules.columns,
            day=order.day,
            city=order.city,
            form="NULL" if trusted else "form",
        )
        self.spans: list[Span] = []

    def load(self, staged: Sequence[Staged]) -> None:
        """
        Read the staged files; rows that do not fit their types are judged one by one.

        :raises EngineDisagrees: if rows are missing that nobody rejected.
        """
        self.spans = [Span(one) for one in staged]
        filled = [span for span in self.spans if span.staged.lines.rows]
        self._read(filled)
        first = 0
        for span in self.spans:
            span.first = first
            first += span.rows
        (loaded,) = self._one("SELECT count(*) FROM taken")
        if loaded != first:
            raise EngineDisagrees(f"{loaded} rows read, {first} expected")
        self._connection.execute(
            'CREATE TEMP TABLE spans ("file" INTEGER, "first" BIGINT, "last" BIGINT)'
        )
        ends = [(at, one.first, one.first + one.rows - 1) for at, one in enumerate(self.spans)]
        # Nothing stands if every file was refused, and the engine takes no empty list.
        if ends:
            self._connection.executemany("INSERT INTO spans VALUES (?, ?, ?)", ends)

    def _read(self, spans: Sequence[Span]) -> None:
        columns = self._rules.columns
        shape = ", ".join(
            f"{text_sql(column.name)}: {text_sql(column.sql_type if self._trusted else 'VARCHAR')}"
            for column in columns
        )
        if self._trusted:
            chosen = "*"
        else:
            values = (f"{value_sql(one)} AS {name_sql(one.name)}" for one in columns)
            chosen = ", ".join((*values, f"{form_sql(columns)} AS form"))
        if not spans:
            self._create_empty()
            return
        # Fields that span lines cannot be told apart from rows by a reader that starts
        # in the middle of a file.
        parallel = not any(span.staged.spans_lines for span in spans)
        self._connection.execute(
            f"CREATE TEMP TABLE taken AS SELECT {chosen} FROM read_csv("
            f"{paths_sql(span.staged.path for span in spans)}, columns={{{shape}}}, "
            "auto_detect=false, header=false, delim=',', quote='\"', escape='\"', nullstr='', "
            f"new_line='\\n', strict_mode=true, max_line_size={2 * LONGEST_LINE}, "
            f"parallel={str(parallel).lower()}, store_rejects=true, rejects_limit=0)"
        )
        self._judge_unread({str(span.staged.path): span for span in spans})

    def _create_empty(self) -> None:
        columns = [f"{name_sql(one.name)} {one.sql_type}" for one in self._rules.columns]
        if not self._trusted:
            columns.append("form VARCHAR")
        self._connection.execute(f"CREATE TEMP TABLE taken ({', '.join(columns)})")

    def _judge_unread(self, spans: dict[str, Span]) -> None:
        """Find the reason of each row that the engine left out, from the row itself."""
        self._connection.execute(
            "SELECT file_path, line, any_value(csv_line), list(error_type::VARCHAR), "
            "arg_min(column_name, column_idx) "
            "FROM reject_errors JOIN reject_scans USING (scan_id, file_id) "
            "GROUP BY file_path, line"
        )
        layout = Layout(columns=self._order.layout.columns)
        while rows := self._connection.fetchmany(10_000):
            for path, line, text, errors, column in rows:
                fault: Fault | None = None
                fields = split_record(text.rstrip("\n").encode(), layout, "utf-8")
                if fields is not None:
                    fault = self._rules.fault(fields)
                structural = any(error in _STRUCTURE for error in errors)
                other = RowReason.COLUMNS if structural else RowReason.TYPE
                spans[path].unread[line - 1] = fault or (other, column or "")

    def judge(self) -> None:
        """Find the rows whose values are wrong or whose subscriber nobody knows."""
        self._connection.execute(
            'CREATE TEMP TABLE bad ("file" INTEGER, place BIGINT, reason VARCHAR, detail VARCHAR)'
        )
        source, cases = "taken", self._verdicts.cases()
        alone = " OR ".join(f"coalesce({test}, false)" for _, test, _ in cases)
        wrong = f"({alone})"
        if self._know_subscribers():
            source = f"taken LEFT JOIN known ON known_id = {self._subscriber}"
            wrong = f"({alone} OR known_id IS NULL)"
            unknown = text_sql(self._order.interface.subscriber_column or "")
            cases.append((RowReason.UNKNOWN_SUBSCRIBER, "known_id IS NULL", unknown))
        if self._one(f"SELECT count(*) FROM {source} WHERE {wrong}") == (0,):
            return
        reason = " ".join(f"WHEN {test} THEN {text_sql(why)}" for why, test, _ in cases)
        detail = " ".join(f"WHEN {test} THEN {what}" for _, test, what in cases)
        self._connection.execute(
            f"INSERT INTO bad WITH judged AS (SELECT taken.rowid AS place, "
            f"CASE {reason} END AS reason, CASE {detail} END AS detail "
            f"FROM {source} WHERE {wrong}) "
            'SELECT spans."file", place, reason, detail FROM judged '
            'JOIN spans ON place BETWEEN "first" AND "last"'
        )

    @property
    def _subscriber(self) -> str:
        return name_sql(self._order.interface.subscriber_column or "")

    def _know_subscribers(self) -> bool:
        if self._order.interface.subscriber_column is None or self._order.known is None:
            return False
        self._connection.execute(
            "CREATE TEMP TABLE known AS SELECT sub_id AS known_id, managed = 1 AS is_managed "
            f"FROM read_parquet({text_sql(str(self._order.known))})"
        )
        return True

    def reasons(self) -> list[Counter[RowReason]]:
        """Count the bad rows by file and reason, in the order of the spans."""
        counts = [Counter[RowReason]() for _ in self.spans]
        for at, span in enumerate(self.spans):
            counts[at].update(reason for reason, _ in span.unread.values())
        rows = self._connection.execute(
            'SELECT "file", reason, count(*) FROM bad GROUP BY ALL'
        ).fetchall()
        for file, reason, count in rows:
            counts[file][RowReason(reason)] += count
        return counts

    def find_twins(self) -> bool:
        """Collect the good rows whose key stands in more than one row; tell if there are any."""
        keys = [name_sql(name) for name in self._sort_key()]
        listed = ", ".join(keys)
        self._connection.execute(
            f"CREATE TEMP TABLE shared AS SELECT {listed} FROM taken WHERE {self._good(set())} "
            "GROUP BY ALL HAVING count(*) > 1"
        )
        if self._one("SELECT count(*) FROM shared") == (0,):
            return False
        same = " AND ".join(f"taken.{key} IS NOT DISTINCT FROM shared.{key}" for key in keys)
        self._connection.execute(
            f'CREATE TEMP TABLE twins AS SELECT spans."file", taken.rowid AS place, '
            f"shared.rowid AS twin FROM taken JOIN shared ON {same} "
            'JOIN spans ON taken.rowid BETWEEN "first" AND "last" '
            f"WHERE {self._good(set())}"
        )
        return True

    def _sort_key(self) -> list[str]:
        # All good rows bear the same day.
        interface = self._order.interface
        return [name for name in interface.key if name != interface.day_column]

    def repeats(self, refused: set[int]) -> Counter[int]:
        """Count, by file, the rows whose key an earlier row of a file not refused has."""
        rows = self._connection.execute(
            f'SELECT "file", count(*) FROM ({self._repeated(refused)}) GROUP BY "file"'
        ).fetchall()
        return Counter({file: count for file, count in rows})

    def reject_repeats(self, refused: set[int], *, only: int | None) -> None:
        """Put the repeated rows, of all files or of one, among the bad ones."""
        key = text_sql(self._order.interface.key[0])
        whose = "true" if only is None else f'"file" = {only}'
        self._connection.execute(
            f'INSERT INTO bad SELECT "file", place, {text_sql(RowReason.DUPLICATE)}, {key} '
            f"FROM ({self._repeated(refused)}) WHERE {whose}"
        )

    def _repeated(self, refused: set[int]) -> str:
        return (
            f'SELECT "file", place FROM twins WHERE {_without(refused)} '
            "QUALIFY row_number() OVER (PARTITION BY twin ORDER BY place) > 1"
        )

    def bad_rows(self, file: int, *, limit: int) -> Iterator[tuple[int, RowReason, str]]:
        """Yield line, reason and detail of the bad rows of one file, in order."""
        span = self.spans[file]
        unread = sorted(span.unread.items())[:limit]
        for row, (reason, detail) in unread:
            yield span.staged.lines.line_of(row), reason, detail
        rows = self._connection.execute(
            'SELECT place, reason, detail FROM bad WHERE "file" = ? ORDER BY place LIMIT ?',
            [file, limit],
        ).fetchall()
        for place, reason, detail in rows:
            yield span.line_of(place), RowReason(reason), detail or ""

    def write(self, path: Path, *, refused: set[int], managed: bool | None) -> int:
        """Write the good rows, or only those (not) of managed subscribers, in order at rest."""
        names = ", ".join(name_sql(name) for name in self._order.interface.names)
        source = "taken"
        if managed is not None and self._order.known is not None:
            join = "SEMI" if managed else "ANTI"
            source += (
                f" {join} JOIN (SELECT known_id FROM known WHERE is_managed) "
                f"ON known_id = {self._subscriber}"
            )
        elif managed:
            return 0
        order, pieces = self._at_rest()
        (rows,) = self._one(
            f"COPY (SELECT {names} FROM {source} WHERE {self._good(refused)} {order}) "
            f"TO {text_sql(str(path))} "
            f"(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2{pieces})"
        )
        return rows

    def _at_rest(self) -> tuple[str, str]:
        """
        Say how the rows rest: by their key; rows with prose as they came, in small pieces.

        The engine cannot sort rows of many kilobytes in less memory than they take, and holds
        one piece of a file whole; nobody looks such rows up by a stretch of keys.
        """
        if any(column.is_prose for column in self._order.interface.columns):
            return "", f", ROW_GROUP_SIZE {PROSE_PIECE_ROWS}"
        return "ORDER BY " + ", ".join(name_sql(name) for name in self._sort_key()), ""

    def _good(self, refused: set[int]) -> str:
        (bad,) = self._one("SELECT count(*) FROM bad")
        tests = ["taken.rowid NOT IN (SELECT place FROM bad)"] if bad else ["true"]
        for file in sorted(refused):
            span = self.spans[file]
            last = span.first + span.rows - 1
            tests.append(f"taken.rowid NOT BETWEEN {span.first} AND {last}")
        return " AND ".join(tests)

    def _one(self, sql: str) -> tuple[int, ...]:
        row = self._connection.execute(sql).fetchone()
        return tuple(row) if row else (0,)


def _without(refused: set[int]) -> str:
    if not refused:
        return "true"
    return f'"file" NOT IN ({", ".join(map(str, sorted(refused)))})'
