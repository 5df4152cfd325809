"""
What a delivery says it consists of: reading the manifest of ``dakehu-1`` and ``.verf`` files.

A manifest that cannot be read refuses the delivery; a line that names a file which does not
belong refuses that file, and the rest of the delivery goes on (F5).
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from dakehu.exchange.rules.dialects import encoding_of, layout_of
from dakehu.exchange.rules.names import check_name_fault, data_name_fault, take_name_apart
from dakehu.exchange.values import (
    Announcement,
    CheckForm,
    Dialect,
    EnvelopeRefusal,
    Listed,
    Manifest,
    RefusedListing,
)
from dakehu.facts.intake.values import Refusal

HEADER = ("file", "interface", "rows", "bytes", "sha256", "encoding")
LONGEST_CHECK_FILE = 4 * 1024 * 1024
"""Bytes; a check file is a line per data file, so anything longer is something else."""

_COUNT = re.compile(r"[0-9]{1,15}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
# Fixed width: name, bytes, rows, period, time; the last two may touch each other.
_FIXED_WIDTH = re.compile(
    rb"\s*(\S+)\s+([0-9]+)\s+([0-9]+)\s+([0-9]{8}|[0-9]{6})\s*([0-9]{14})\s*"
)
_VERF_FIELDS = 5


class Malformed(Exception):
    """A check file that does not have its form: which file and line, and what is found there."""

    def __init__(self, name: str, line: int, found: str) -> None:
        super().__init__(name, line, found)
        self.refusal = Refusal(
            EnvelopeRefusal.MANIFEST_MALFORMED,
            {"file": name, "line": line, "found": found[:200]},
        )


def read_manifest(
    announcement: Announcement, contents: Mapping[str, bytes], *, dialect: Dialect
) -> Manifest:
    """
    Read the check files of one delivery, given by name with their bytes.

    Nothing is raised for what a sender did wrong: the manifest carries the refusals.
    """
    fingerprint = fingerprint_of(contents)
    read = _read_csv if dialect.check_form is CheckForm.CSV else _read_verf
    entries: list[Listed | RefusedListing] = []
    for name in announcement.check_files:
        if fault := check_name_fault(name, announcement, dialect):
            return Manifest(announcement, fingerprint, refusal=fault)
        try:
            entries += read(name, contents[name], announcement, dialect)
        except Malformed as malformed:
            return Manifest(announcement, fingerprint, refusal=malformed.refusal)
    return _without_repeats(announcement, fingerprint, entries)


def fingerprint_of(contents: Mapping[str, bytes]) -> str:
    """Tell one delivery from another by its check files: equal bytes, equal fingerprint."""
    whole = hashlib.sha256()
    for name in sorted(contents):
        whole.update(hashlib.sha256(contents[name]).digest())
    return whole.hexdigest()


def missing_parts(manifest: Manifest, present: Collection[str]) -> list[str]:
    """
    Name what an announced delivery lacks: listed files that are not there, parts left out.

    In the contract's own dialect a listed file that is not there is refused by itself, so
    nothing is missing; elsewhere the delivery is incomplete and waits.
    """
    if manifest.announcement.scope == "":
        return []
    listed = [file.name for file in manifest.files]
    lacking = [name for name in listed if name not in present]
    parts = {file.part for file in manifest.files}
    gaps = sorted(set(range(1, max(parts, default=0) + 1)) - parts)
    return [*lacking, *(f"{gap:03d}" for gap in gaps)]


def subscribers_of(manifests: Iterable[Manifest]) -> int:
    """Return how many subscribers are announced; a city that sends some days tells them once."""
    most: Counter[str] = Counter()
    for manifest in manifests:
        rows = sum(file.rows for file in manifest.files if file.interface == "subscriber")
        city = manifest.announcement.city
        most[city] = max(most[city], rows)
    return most.total()


def _read_csv(
    name: str, content: bytes, announcement: Announcement, dialect: Dialect
) -> Iterator[Listed | RefusedListing]:
    text = content[:LONGEST_CHECK_FILE].decode("utf-8-sig", "replace")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = [(reader.line_num, record) for record in reader]
    except csv.Error:
        raise Malformed(name, reader.line_num, "") from None
    if not records or tuple(records[0][1]) != HEADER:
        raise Malformed(name, 1, ",".join(records[0][1]) if records else "")
    if len(records) == 1:
        raise Malformed(name, 2, "")
    for line, record in records[1:]:
        if len(record) != len(HEADER) or not _has_figures(record):
            raise Malformed(name, line, ",".join(record))
        yield _entry_of_csv(dict(zip(HEADER, record, strict=True)), announcement, dialect)


def _has_figures(record: Sequence[str]) -> bool:
    rows, size, sha256 = record[2:5]
    return bool(_COUNT.fullmatch(rows) and _COUNT.fullmatch(size) and _SHA256.fullmatch(sha256))


def _entry_of_csv(
    record: Mapping[str, str], announcement: Announcement, dialect: Dialect
) -> Listed | RefusedListing:
    name, interface, rows = record["file"], record["interface"], int(record["rows"])
    fault = data_name_fault(name, announcement, dialect)
    said = take_name_apart(name, dialect)
    if fault is None and (said is None or said.interface != interface):
        fault = Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name})
    if fault is None and record["encoding"].lower() not in dialect.encodings:
        parameters = {"file": name, "encoding": record["encoding"][:40]}
        fault = Refusal(EnvelopeRefusal.UNKNOWN_ENCODING, parameters)
    if fault is not None or said is None:
        return RefusedListing(
            name=name,
            interface=interface,
            rows=rows,
            refusal=fault or Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name}),
        )
    return Listed(
        name=name,
        interface=interface,
        rows=rows,
        size=int(record["bytes"]),
        sha256=record["sha256"].lower(),
        encoding=record["encoding"].lower(),
        layout=layout_of(dialect, interface, separator=dialect.separators[0]),
        part=said.part,
    )


def _read_verf(
    name: str, content: bytes, announcement: Announcement, dialect: Dialect
) -> Iterator[Listed | RefusedListing]:
    lines = content[:LONGEST_CHECK_FILE].splitlines()
    if not any(lines):
        raise Malformed(name, 1, "")
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields, separator = _verf_fields(line, dialect)
        if fields is None:
            raise Malformed(name, at, line.decode("ascii", "backslashreplace"))
        yield _entry_of_verf(fields, separator, announcement, dialect)


def _verf_fields(line: bytes, dialect: Dialect) -> tuple[list[str] | None, bytes]:
    """Split a line by the separator it shows; older senders write fixed widths instead."""
    for separator in dialect.separators:
        if separator in line:
            pieces = [piece.strip() for piece in line.split(separator)]
            # Some senders end a line with the separator too.
            fields = [piece.decode("ascii", "backslashreplace") for piece in pieces]
            while len(fields) > _VERF_FIELDS and not fields[-1]:
                fields.pop()
            whole = len(fields) == _VERF_FIELDS and all(map(_COUNT.fullmatch, fields[1:3]))
            return (fields if whole else None, separator)
    match = _FIXED_WIDTH.fullmatch(line)
    fixed = (
        [group.decode("ascii", "backslashreplace") for group in match.groups()] if match else None
    )
    return (fixed, dialect.separators[0])


def _entry_of_verf(
    fields: Sequence[str], separator: bytes, announcement: Announcement, dialect: Dialect
) -> Listed | RefusedListing:
    name, size, rows = fields[0], int(fields[1]), int(fields[2])
    fault = data_name_fault(name, announcement, dialect)
    said = take_name_apart(name, dialect)
    if fault is None and said is not None and fields[3] != said.period:
        parameters = {"file": name, "expected": said.period, "found": fields[3][:20]}
        fault = Refusal(EnvelopeRefusal.WRONG_DAY, parameters)
    if fault is not None or said is None or said.interface is None:
        return RefusedListing(
            name=name,
            interface=(said.interface or said.unit) if said else "",
            rows=rows,
            refusal=fault or Refusal(EnvelopeRefusal.WRONG_NAME, {"file": name}),
        )
    return Listed(
        name=name,
        interface=said.interface,
        rows=rows,
        size=size,
        sha256=None,
        encoding=encoding_of(dialect, separator),
        layout=layout_of(dialect, said.interface, separator=separator),
        part=said.part,
    )


def _without_repeats(
    announcement: Announcement, fingerprint: str, entries: Sequence[Listed | RefusedListing]
) -> Manifest:
    """Sort the entries; a file listed twice is refused at its second place."""
    files: dict[str, Listed] = {}
    refused: list[RefusedListing] = []
    for entry in entries:
        if isinstance(entry, RefusedListing):
            refused.append(entry)
        elif entry.name in files:
            refusal = Refusal(EnvelopeRefusal.LISTED_TWICE, {"file": entry.name})
            refused.append(RefusedListing(entry.name, entry.interface, entry.rows, refusal))
        else:
            files[entry.name] = entry
    return Manifest(announcement, fingerprint, tuple(files.values()), tuple(refused))
