"""
The CSV of rejected rows that goes back to the sender: which line, why, and the line itself.

The line is taken from the delivered file, which is read once more up to the last wrong line; so
the sender finds it as it was sent, whatever the staging made of it.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from dakehu.facts.intake.source import Source, plain_bound
from dakehu.facts.intake.staging import Rejection, ends_inside_quotes
from dakehu.facts.intake.values import DeliveredFile, Layout
from dakehu.facts.interfaces import Interface

HEADER = ("file", "line", "reason", "detail", "raw")


class Writer(Protocol):
    """What ``csv.writer`` gives."""

    def writerow(self, row: Sequence[str | int], /) -> object:
        """Write one record."""


def write_rejections(
    path: Path,
    rejections: Sequence[tuple[DeliveredFile, Sequence[Rejection]]],
    *,
    interface: Interface,
    layout: Layout,
) -> None:
    """Write the rejected rows of all files, in the order of the delivery and of the lines."""
    with path.open("w", encoding="utf-8", newline="") as out:
        # Both signs stand in the line's end, so that a lone one inside a field is quoted.
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADER)
        for file, wrong in rejections:
            if wrong:
                _write_file(writer, file, wrong, interface=interface, layout=layout)


def _write_file(
    writer: Writer,
    file: DeliveredFile,
    rejections: Sequence[Rejection],
    *,
    interface: Interface,
    layout: Layout,
) -> None:
    ordered = sorted(rejections, key=lambda rejection: rejection.line)
    source = Source(file, layout, bound=plain_bound(interface, file.rows))
    try:
        raws = raw_records(source, [one.line for one in ordered], quoting=layout.quoting)
        for rejection, raw in zip(ordered, raws, strict=True):
            text = raw.decode(file.encoding, "backslashreplace")
            writer.writerow((file.name, rejection.line, rejection.reason, rejection.detail, text))
    finally:
        source.close()


def raw_records(source: Source, lines: Sequence[int], *, quoting: bool) -> Iterator[bytes]:
    """Yield the records that begin on these ascending line numbers (from 1)."""
    wanted = iter(lines)
    target = next(wanted, None)
    at = 1
    record: list[bytes] = []
    for block in source.blocks():
        if target is None:
            return
        here = block.count(b"\n")
        if not record and target >= at + here:
            at += here
            continue
        for line in block[:-1].split(b"\n"):
            if record or at == target:
                record.append(line)
                inside = len(record) > 1
                if not (quoting and ends_inside_quotes(line, inside=inside)):
                    yield b"\n".join(record).removesuffix(b"\r")
                    record, target = [], next(wanted, None)
            at += 1
    if record:
        yield b"\n".join(record)
