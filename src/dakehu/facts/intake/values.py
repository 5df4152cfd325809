"""
The words of the intake: what is ordered, what it answers about each file and each row.

A row is rejected with the first reason that applies, in the order in which
:class:`RowReason` lists them; a file is refused whole with one :class:`FileRefusal`.
Always: rows in the manifest = accepted + rejected.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from dakehu.facts.interfaces import Interface


class RowReason(StrEnum):
    """Why one row is rejected, in the order in which the reasons are tried."""

    COLUMNS = "columns"
    TYPE = "type"
    WRONG_DAY = "wrong_day"
    WRONG_CITY = "wrong_city"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    BAD_STATUS = "bad_status"
    UNKNOWN_SUBSCRIBER = "unknown_subscriber"
    DUPLICATE = "duplicate"


class FileRefusal(StrEnum):
    """Why the content of one file is refused whole, in the order in which it is tried."""

    MISSING = "missing"
    SIZE_DIFFERS = "size_differs"
    SHA256_DIFFERS = "sha256_differs"
    GZIP_BROKEN = "gzip_broken"
    TOO_LARGE = "too_large"
    LINE_TOO_LONG = "line_too_long"
    HEADER_DIFFERS = "header_differs"
    ROWS_DIFFER = "rows_differ"
    TOO_MANY_REJECTED = "too_many_rejected"


@dataclass(frozen=True)
class Refusal:
    """
    A reason as a stable code, and the figures and texts that its sentence names.

    Texts from outside are kept as :func:`printable` ones: refusals are stored, shown and sent.
    """

    code: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shown = {
            name: printable(value) if isinstance(value, str) else value
            for name, value in self.parameters.items()
        }
        object.__setattr__(self, "parameters", shown)


def printable(text: str) -> str:
    """Write what no reader could see, and no database keep, by its number: ``\\x00``."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


@dataclass(frozen=True)
class Layout:
    """
    How rows stand in a file: the part of a dialect that the intake needs.

    The separator is split on bytes, before anything is decoded.
    """

    columns: tuple[str, ...]
    separator: bytes = b","
    quoting: bool = True
    header: bool = True
    compressed: bool = True


@dataclass(frozen=True)
class DeliveredFile:
    """One line of a manifest, with the local copy of the file it names."""

    name: str
    path: Path
    rows: int
    size: int
    sha256: str | None
    encoding: str = "utf-8"


@dataclass(frozen=True)
class IntakeOrder:
    """
    Everything to take in of one interface in one delivery.

    ``known`` is a Parquet file of ``sub_id, managed``, one row each (``facts.master`` writes it);
    None means that nobody can say who is known: the check is left out, no usage is managed.
    """

    interface: Interface
    day: date
    city: str
    layout: Layout
    files: tuple[DeliveredFile, ...]
    known: Path | None = None


@dataclass(frozen=True)
class IntakeTarget:
    """Where the rows go: ``<folder>/<version>-<part>.parquet``, and the CSV of rejected rows."""

    folder: Path
    version: str
    rejected: Path


@dataclass(frozen=True)
class IntakeLimits:
    """How much of the machine one intake may use, and how much a file may be wrong."""

    scratch: Path
    memory: str = "640MB"
    threads: int = 2
    rejected_percent: int = 5


@dataclass(frozen=True)
class FileVerdict:
    """
    What became of one file.

    ``reasons`` counts the rejected rows by reason.  In a refused file it counts the rows that
    were found wrong, if the rows were looked at; ``rejected`` is all of them.
    """

    name: str
    rows: int
    accepted: int
    rejected: int
    reasons: Mapping[RowReason, int]
    refusal: Refusal | None = None


@dataclass(frozen=True)
class IntakeVerdict:
    """What became of one interface of a delivery; ``parts`` are the rows written per part."""

    interface: str
    files: tuple[FileVerdict, ...]
    parts: Mapping[str, int]

    @property
    def accepted(self) -> int:
        """Rows that are facts now."""
        return sum(file.accepted for file in self.files)

    @property
    def rejected(self) -> int:
        """Rows that were sent back, those of refused files among them."""
        return sum(file.rejected for file in self.files)

    @property
    def delivered(self) -> bool:
        """Tell whether the day counts as delivered: at least one file was not refused."""
        return any(file.refusal is None for file in self.files)
