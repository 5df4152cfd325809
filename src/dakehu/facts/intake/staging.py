"""
The streaming pass: one file is verified and written again as text that the engine can trust.

DuckDB's CSV reader takes ``1.5``, `` 7``, ``+7``, ``1e3``, ``1_000`` and ``0x1F`` for integers,
``2026-1-5`` for a date, and leaves out empty lines.  The contract does not.  So each block of
lines is looked at as bytes: a block that shows nothing but what plain rows are made of goes
through untouched, any other is taken line by line, and a line that still looks odd field by
field.  What is left for the engine to find are values, not forms.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from dakehu.facts.intake.lines import LineMap
from dakehu.facts.intake.rows import RowRules
from dakehu.facts.intake.source import LONGEST_LINE, Refused, Source, plain_bound
from dakehu.facts.intake.values import (
    DeliveredFile,
    FileRefusal,
    Layout,
    Refusal,
    RowReason,
)
from dakehu.facts.interfaces import Kind

KEPT_REJECTIONS = 10_000
"""Rejected rows remembered beyond the share that a file may have; the rest is only counted."""

_DIGITS = b"0123456789,-"
_LETTERS = bytes(code for code in range(128) if chr(code).isalpha() and chr(code) not in "bBeExX")
_NUMBER_LETTERS = b"bBeExX"
_LINE = re.compile(rb"[^\n]*\n")
_LENIENT_NUMBER = re.compile(rb"[0-9][bBeExX]")
_NEEDS_QUOTES = re.compile('[",\r\n]')


@dataclass(frozen=True)
class Rejection:
    """One rejected row: where it began, why, and what exactly."""

    line: int
    reason: RowReason
    detail: str


@dataclass
class Staged:
    """What the streaming pass found: where the clean rows are, and which rows were not clean."""

    file: DeliveredFile
    path: Path
    refusal: Refusal | None = None
    lines: LineMap = field(default_factory=LineMap)
    rejections: list[Rejection] = field(default_factory=list)
    reasons: Counter[RowReason] = field(default_factory=Counter)
    spans_lines: bool = False

    def reject(self, rejection: Rejection, *, keep: int) -> None:
        """Count a rejected row, and remember it unless the file is long past saving."""
        self.reasons[rejection.reason] += 1
        if len(self.rejections) < keep:
            self.rejections.append(rejection)


@dataclass(frozen=True)
class Sieve:
    """
    What a block of plain rows looks like in bytes, for one interface, layout and day.

    ``trusted`` says that the engine may read numbers as numbers: the rows are the day, then
    texts, then integers only, so that a glance at the bytes settles the form of every field.
    """

    rules: RowRules
    layout: Layout
    trusted: bool
    texts: int
    plain: bytes
    start: bytes

    @classmethod
    def of(cls, rules: RowRules, layout: Layout) -> "Sieve":
        """Prepare the tests."""
        kinds = [column.kind for column in rules.columns]
        texts = next((at for at, kind in enumerate(kinds) if kind is Kind.INTEGER), len(kinds))
        starts_with_day = layout.columns[0] == rules.interface.day_column
        return cls(
            rules=rules,
            layout=layout,
            trusted=starts_with_day
            and set(kinds[1:texts]) == {Kind.TEXT}
            and set(kinds[texts:]) == {Kind.INTEGER},
            texts=texts,
            plain=_DIGITS + b"\n" + _LETTERS,
            start=rules.day.isoformat().encode() + b",",
        )

    def passes(self, block: bytes) -> bool:
        """Tell whether a block, separated by commas now, needs no second look."""
        lines = block.count(b"\n")
        if block.count(b",") != lines * (len(self.rules.columns) - 1):
            return False
        return self._is_plain(block, lines) if self.trusted else _is_simple(block)

    def _is_plain(self, block: bytes, lines: int) -> bool:
        odd = block.translate(None, self.plain)
        if odd and (odd.strip(_NUMBER_LETTERS) or _LENIENT_NUMBER.search(block)):
            return False
        if not block.startswith(self.start) or block.count(b"\n" + self.start) != lines - 1:
            return False
        # One row of each block is looked at closely, so that a file full of words where
        # numbers belong is found here and not row by row by the engine.
        first = block[: block.index(b"\n")].decode().split(",")
        return self.rules.form_fault(first) is None

    def passes_line(self, line: bytes) -> bool:
        """Tell whether one line, separated by commas now, needs no look at its fields."""
        if line.count(b",") != len(self.rules.columns) - 1:
            return False
        if not self.trusted:
            return _is_simple(line)
        parts = line.split(b",", self.texts)
        return (
            line.startswith(self.start)
            and _is_simple(line)
            and not parts[-1].translate(None, _DIGITS + b"\n")
        )


def _is_simple(block: bytes) -> bool:
    if b'"' in block or b"\0" in block or b"\r" in block:
        return False
    # The engine would pass over an empty line, which is a row without its columns.
    return not (block.startswith(b"\n") or b"\n\n" in block)


def stage(file: DeliveredFile, *, sieve: Sieve, into: Path, keep: int) -> Staged:
    """
    Verify one file against its line of the manifest, and stage its well-formed rows.

    The outcome carries the refusal, if any; nothing is raised for what a sender did wrong.
    """
    staged = Staged(file=file, path=into)
    try:
        _check_size(file)
        source = Source(file, sieve.layout, bound=plain_bound(sieve.rules.interface, file.rows))
        try:
            with into.open("wb", buffering=0) as out:
                _Pass(staged, sieve, out, keep).run(source)
        except Refused as refused:
            # A damaged file is damaged because it is not the one described: say that first.
            source.finish()
            raise refused from None
        else:
            source.finish()
        finally:
            source.close()
        _check_rows(staged)
    except Refused as refused:
        staged.refusal = refused.refusal
    return staged


def _check_size(file: DeliveredFile) -> None:
    try:
        found = file.path.stat().st_size
    except FileNotFoundError:
        raise Refused(Refusal(FileRefusal.MISSING)) from None
    if found != file.size:
        raise Refused(Refusal(FileRefusal.SIZE_DIFFERS, {"expected": file.size, "found": found}))


def _check_rows(staged: Staged) -> None:
    found = staged.lines.rows + staged.reasons.total()
    if found != staged.file.rows:
        raise Refused(
            Refusal(FileRefusal.ROWS_DIFFER, {"expected": staged.file.rows, "found": found})
        )


class _Pass:
    """The state of one streaming pass: the block at hand, and a record left open before it."""

    def __init__(self, staged: Staged, sieve: Sieve, out: BinaryIO, keep: int) -> None:
        self._staged = staged
        self._sieve = sieve
        self._out = out
        self._keep = keep
        self._layout = sieve.layout
        self._encoding = staged.file.encoding
        self._open: list[bytes] = []
        self._open_bytes = 0

    def run(self, source: Source) -> None:
        """Go through all blocks; the header first, if the layout has one."""
        blocks = source.blocks()
        if self._layout.header:
            self._take_first(next(blocks, b""))
        for block in blocks:
            self._take(block)
        if self._open:
            self._reject_record(RowReason.COLUMNS, '"')

    def _take_first(self, block: bytes) -> None:
        header, _, rest = block.partition(b"\n")
        text = header.decode(self._encoding, "replace").removeprefix("\ufeff").rstrip("\r")
        found = next(csv.reader([text]), [])
        if tuple(found) != self._layout.columns:
            raise Refused(_header_refusal(self._layout.columns, found))
        self._staged.lines.skip(1)
        if rest:
            self._take(rest)

    def _take(self, block: bytes) -> None:
        plain = None if self._open else self._as_staged(block, self._sieve.passes)
        if plain is None:
            self._take_lines(block)
            return
        lines = plain.count(b"\n")
        self._staged.lines.stage(lines, lines=lines)
        self._out.write(plain)

    def _take_lines(self, block: bytes) -> None:
        rows: list[bytes] = []
        for line in _LINE.findall(block):
            if not self._open and (plain := self._as_staged(line, self._sieve.passes_line)):
                self._staged.lines.stage(1, lines=1)
                rows.append(plain)
                continue
            self._open.append(line)
            self._open_bytes += len(line)
            if not self._is_open(line):
                rows.extend(self._take_record())
        self._out.write(b"".join(rows))

    def _as_staged(self, text: bytes, passes: Callable[[bytes], bool]) -> bytes | None:
        """Give whole lines as UTF-8 with commas, or None if they need a look at their fields."""
        if b"\r" in text and b'"' not in text:
            text = text.replace(b"\r\n", b"\n")
        separator = self._layout.separator
        if separator != b",":
            if b"," in text:
                return None
            # A separator byte inside a character leaves half a character, found below.
            text = text.replace(separator, b",")
        if not text.isascii():
            try:
                text = text.decode(self._encoding).encode()
            except UnicodeDecodeError:
                return None
        return text if passes(text) else None

    def _is_open(self, line: bytes) -> bool:
        if not self._layout.quoting:
            return False
        if self._open_bytes > LONGEST_LINE:
            raise Refused(Refusal(FileRefusal.LINE_TOO_LONG, {"limit": LONGEST_LINE}))
        return ends_inside_quotes(line, inside=len(self._open) > 1)

    def _take_record(self) -> Iterator[bytes]:
        """Judge the record at hand by its fields; yield it in the staged form if it is good."""
        raw = b"".join(self._open).removesuffix(b"\n").removesuffix(b"\r")
        fields = split_record(raw, self._layout, self._encoding)
        if fields is None:
            self._reject_record(RowReason.COLUMNS, '"')
            return
        if fault := self._sieve.rules.form_fault(fields):
            self._reject_record(*fault)
            return
        lines = self._close_record()
        self._staged.lines.stage(1, lines=lines)
        self._staged.spans_lines |= lines > 1
        yield _staged_form(fields)

    def _close_record(self) -> int:
        lines = len(self._open)
        self._open.clear()
        self._open_bytes = 0
        return lines

    def _reject_record(self, reason: RowReason, detail: str) -> None:
        staged, lines = self._staged, self._close_record()
        staged.reject(Rejection(staged.lines.line, reason, detail), keep=self._keep)
        staged.lines.skip(lines)


def _header_refusal(expected: Sequence[str], found: Sequence[str]) -> Refusal:
    """Name the first column at which the header is not the contract's."""
    pairs = enumerate(zip_longest(expected, found), start=1)
    column, (wanted, given) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    return Refusal(
        FileRefusal.HEADER_DIFFERS,
        {"column": column, "expected": wanted or "", "found": (given or "")[:80]},
    )


def ends_inside_quotes(line: bytes, *, inside: bool, separator: bytes = b",") -> bool:
    """Tell whether a quoted field is still open at the end of a line (RFC 4180)."""
    at = 0
    while True:
        if not inside:
            if line[at : at + 1] != b'"':
                at = line.find(separator, at) + 1
                if not at:
                    return False
                continue
            at += 1
        at = line.find(b'"', at) + 1
        if not at:
            return True
        inside = line[at : at + 1] == b'"'
        if inside:
            at += 1
            continue
        at = line.find(separator, at) + 1
        if not at:
            return False


def split_record(raw: bytes, layout: Layout, encoding: str) -> list[str] | None:
    """
    Split one record into its fields; illegal bytes stay in them as lone surrogates.

    None if quotes stand where RFC 4180 does not allow them.
    """
    if not layout.quoting:
        pieces = raw.split(layout.separator)
        return [piece.decode(encoding, "surrogateescape") for piece in pieces]
    text = raw.decode(encoding, "surrogateescape")
    if '"' not in text:
        return text.split(",")
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _staged_form(fields: Sequence[str]) -> bytes:
    quoted = (
        '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
        for text in fields
    )
    return ",".join(quoted).encode() + b"\n"
