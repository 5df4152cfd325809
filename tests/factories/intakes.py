"""Hands files straight to the intake, for tests of its verdicts."""

import csv
import gzip
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from tests.factories.deliveries import DAY

from dakehu.facts.intake import (
    DeliveredFile,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    IntakeVerdict,
    Layout,
    take_in,
)
from dakehu.facts.interfaces import INTERFACES

CITY = "01"


@dataclass(frozen=True)
class Outcome:
    """What an intake left behind: its verdict, the rejected rows, the stored rows."""

    verdict: IntakeVerdict
    rejected: list[dict[str, str]]
    folder: Path

    @property
    def reasons(self) -> list[tuple[int, str, str]]:
        """Line, reason and detail of each rejected row."""
        return [(int(row["line"]), row["reason"], row["detail"]) for row in self.rejected]

    def stored(self, part: str = "data", columns: str = "*") -> list[tuple[Any, ...]]:
        """The rows of one part, in the order of the file; none if there is no file."""
        path = self.folder / f"d1-{part}.parquet"
        if not path.exists():
            return []
        scan = f"read_parquet('{path}', hive_partitioning=false)"
        return duckdb.connect().execute(f"SELECT {columns} FROM {scan}").fetchall()


@dataclass(frozen=True)
class Bench:
    """A folder to work in, and the interface, day and layout of what is taken in."""

    folder: Path
    interface: str = "usage"
    day: date = DAY
    layout: Layout | None = None

    def file(
        self, content: bytes, *, rows: int, name: str = "f.csv.gz", **said: Any
    ) -> DeliveredFile:
        """Write one file and describe it truthfully, but for what ``said`` changes."""
        path = self.folder / name
        path.write_bytes(content)
        truth = {
            "name": name,
            "path": path,
            "rows": rows,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        return DeliveredFile(**(truth | said))

    def csv(self, lines: Iterable[Mapping[str, Any] | str | bytes], **said: Any) -> DeliveredFile:
        """Write rows as the contract's CSV; a text or bytes is a line as it stands."""
        rows = list(lines)
        return self.file(gzip.compress(self.plain(rows), 1), **({"rows": len(rows)} | said))

    def plain(self, rows: Iterable[Mapping[str, Any] | str | bytes]) -> bytes:
        """The text of a file: header and lines."""
        names = INTERFACES[self.interface].names
        lines = [",".join(names).encode()]
        for row in rows:
            if isinstance(row, Mapping):
                row = ",".join(str(row[name]) for name in names)
            lines.append(row.encode() if isinstance(row, str) else row)
        return b"\n".join(lines) + b"\n"

    def known(self, managed: Sequence[str] = (), others: Sequence[str] = ()) -> Path:
        """Write who is known."""
        path = self.folder / "known.parquet"
        rows = [(name, 1) for name in managed] + [(name, 0) for name in others]
        connection = duckdb.connect()
        connection.execute("CREATE TABLE known (sub_id VARCHAR, managed BIGINT)")
        if rows:
            connection.executemany("INSERT INTO known VALUES (?, ?)", rows)
        connection.execute(f"COPY known TO '{path}' (FORMAT parquet)")
        return path

    def take_in(
        self,
        *files: DeliveredFile,
        known: Path | None = None,
        percent: int = 100,
        memory: str = "640MB",
    ) -> Outcome:
        """Take the files in; rejected rows refuse no file unless ``percent`` says so."""
        interface = INTERFACES[self.interface]
        order = IntakeOrder(
            interface=interface,
            day=self.day,
            city=CITY,
            layout=self.layout or Layout(columns=interface.names),
            files=files,
            known=known,
        )
        target = IntakeTarget(self.folder / "facts", "d1", self.folder / "rejected.csv")
        limits = IntakeLimits(self.folder / "scratch", memory, rejected_percent=percent)
        verdict = take_in(order, target=target, limits=limits)
        with target.rejected.open(encoding="utf-8", newline="") as rejected:
            return Outcome(verdict, list(csv.DictReader(rejected)), target.folder)
