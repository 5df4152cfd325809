"""
Taking a delivery in: every file verified, every row judged with its reason, the good ones stored.

One call takes the files of one interface, city and day (capability F5).  Nothing becomes visible
by it: the Parquet files bear the version that the caller will, or will never, commit as live.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import fsync
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.intake.rejects import write_rejections
from dakehu.facts.intake.rows import RowRules
from dakehu.facts.intake.staging import KEPT_REJECTIONS, Rejection, Sieve, Staged, stage
from dakehu.facts.intake.table import RowTable
from dakehu.facts.intake.values import (
    DeliveredFile,
    FileRefusal,
    FileVerdict,
    IntakeLimits,
    IntakeOrder,
    IntakeTarget,
    IntakeVerdict,
    Layout,
    Refusal,
    RowReason,
)

__all__ = [
    "DeliveredFile",
    "FileRefusal",
    "FileVerdict",
    "IntakeLimits",
    "IntakeOrder",
    "IntakeTarget",
    "IntakeVerdict",
    "Layout",
    "Refusal",
    "RowReason",
    "take_in",
]


def take_in(
    order: IntakeOrder,
    *,
    target: IntakeTarget | None,
    limits: IntakeLimits,
    engine: DuckDBPyConnection | None = None,
) -> IntakeVerdict:
    """
    Verify, judge and store the files of one interface; without a target, only judge.

    1. Each file is streamed once: size, checksum, gzip, header, number of rows, forms.
    2. The files that stand are loaded; values, subscribers and keys are judged by sets.
    3. A file with too many rejected rows is refused; its rows do not count as seen.
    4. Good rows are written sorted, under temporary names and then renamed.

    Safe to repeat: the same order writes the same files again.  Whoever takes in many small
    files lends an ``engine``, whose own limits then count, and saves starting one for each.
    """
    limits.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="intake-", dir=limits.scratch) as scratch:
        return _Intake(order, limits, Path(scratch)).run(target, engine)


class _Intake:
    def __init__(self, order: IntakeOrder, limits: IntakeLimits, scratch: Path) -> None:
        self._order = order
        self._limits = limits
        self._scratch = scratch
        self._rules = RowRules(
            order.interface, columns=order.layout.columns, day=order.day, city=order.city
        )
        self._sieve = Sieve.of(self._rules, order.layout)

    def run(self, target: IntakeTarget | None, engine: DuckDBPyConnection | None) -> IntakeVerdict:
        with ThreadPoolExecutor(self._limits.threads) as pool:
            staged = list(pool.map(self._stage, range(len(self._order.files))))
        # Temporary tables are a cursor's own, and go with it.
        with engine.cursor() if engine else self._own_engine() as connection:
            table = RowTable(
                connection,
                order=self._order,
                rules=self._rules,
                trusted=self._sieve.trusted,
            )
            return self._judge(staged, table, target)

    def _own_engine(self) -> DuckDBPyConnection:
        return connect(
            EngineLimits(
                temp_directory=self._scratch / "spill",
                memory=self._limits.memory,
                threads=self._limits.threads,
            )
        )

    def _stage(self, at: int) -> Staged:
        file = self._order.files[at]
        path = self._scratch / f"{at:05d}.csv"
        return stage(file, sieve=self._sieve, into=path, keep=self._keep(file))

    def _keep(self, file: DeliveredFile) -> int:
        return max(KEPT_REJECTIONS, file.rows * self._limits.rejected_percent // 100 + 1)

    def _judge(
        self, staged: Sequence[Staged], table: RowTable, target: IntakeTarget | None
    ) -> IntakeVerdict:
        table.load([one for one in staged if one.refusal is None])
        table.judge()
        refused = self._refuse(table)
        parts = {} if target is None else self._write(table, target, refused)
        if target is not None:
            self._write_rejections(staged, table, target.rejected)
        verdicts = {
            span.staged.path: self._verdict(span.staged, reasons)
            for span, reasons in zip(table.spans, self._counts(table), strict=True)
        }
        return IntakeVerdict(
            interface=self._order.interface.name,
            files=tuple(
                verdicts.get(one.path) or _refused(one.file, one.reasons, one.refusal)
                for one in staged
            ),
            parts=parts,
        )

    def _counts(self, table: RowTable) -> list[Counter[RowReason]]:
        """Count rejected rows by reason, those found while streaming among them."""
        pairs = zip(table.spans, table.reasons(), strict=True)
        return [span.staged.reasons + reasons for span, reasons in pairs]

    def _refuse(self, table: RowTable) -> set[int]:
        """
        Say which files have too many rejected rows.

        Repeated keys are counted last and file by file, since a row repeats another only if
        the file of the other one stands.
        """
        counts = [reasons.total() for reasons in self._counts(table)]
        refused = {at for at, count in enumerate(counts) if self._is_too_many(table, at, count)}
        if not table.find_twins():
            return refused
        while True:
            repeats = table.repeats(refused)
            fallen = (
                at
                for at, count in enumerate(counts)
                if at not in refused and self._is_too_many(table, at, count + repeats[at])
            )
            first = next(fallen, None)
            table.reject_repeats(refused, only=first)
            if first is None:
                return refused
            refused.add(first)

    def _is_too_many(self, table: RowTable, at: int, rejected: int) -> bool:
        rows = table.spans[at].staged.file.rows
        return rejected * 100 > rows * self._limits.rejected_percent

    def _write(self, table: RowTable, target: IntakeTarget, refused: set[int]) -> dict[str, int]:
        target.folder.mkdir(parents=True, exist_ok=True)
        written = {}
        for part in self._order.interface.parts:
            managed = None if part == "data" else part == "managed"
            path = target.folder / f"{target.version}-{part}.parquet"
            aside = path.with_name(f".{path.name}.part")
            written[part] = table.write(aside, refused=refused, managed=managed)
            if written[part]:
                _settle(aside, path)
            else:
                aside.unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        return written

    def _write_rejections(self, staged: Sequence[Staged], table: RowTable, path: Path) -> None:
        found = {span.staged.path: at for at, span in enumerate(table.spans)}
        rejections = []
        for one in staged:
            rows: list[Rejection] = list(one.rejections)
            if (at := found.get(one.path)) is not None:
                judged = table.bad_rows(at, limit=self._keep(one.file))
                rows += [Rejection(*row) for row in judged]
            rejections.append((one.file, rows))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_rejections(
            path, rejections, interface=self._order.interface, layout=self._order.layout
        )

    def _verdict(self, staged: Staged, reasons: Counter[RowReason]) -> FileVerdict:
        rejected, rows = reasons.total(), staged.file.rows
        if rejected * 100 > rows * self._limits.rejected_percent:
            parameters = {
                "rejected": rejected,
                "rows": rows,
                "percent": self._limits.rejected_percent,
            }
            refusal = Refusal(FileRefusal.TOO_MANY_REJECTED, parameters)
            return _refused(staged.file, reasons, refusal)
        return FileVerdict(
            name=staged.file.name,
            rows=rows,
            accepted=rows - rejected,
            rejected=rejected,
            reasons=_in_order(reasons),
        )


def _refused(
    file: DeliveredFile, reasons: Counter[RowReason], refusal: Refusal | None
) -> FileVerdict:
    return FileVerdict(
        name=file.name,
        rows=file.rows,
        accepted=0,
        rejected=file.rows,
        reasons=_in_order(reasons),
        refusal=refusal,
    )


def _in_order(reasons: Counter[RowReason]) -> dict[RowReason, int]:
    return {reason: reasons[reason] for reason in RowReason if reasons[reason]}


def _settle(aside: Path, path: Path) -> None:
    """Make sure a file is on the disk before it bears its name."""
    with aside.open("rb") as written:
        fsync(written.fileno())
    aside.replace(path)
