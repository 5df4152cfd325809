"""Values of imports: what a cell may be, and why it is not taken (promise 5)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class CellTrouble(StrEnum):
    """Why a cell is not taken."""

    PRECISION_LOST = "precision_lost"
    SHORTENED_NUMBER = "shortened_number"
    FORMULA = "formula"
    MERGED = "merged"
    TOO_LONG = "too_long"
    NO_INTEGER = "no_integer"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NO_DECIMAL = "no_decimal"
    NO_DATE = "no_date"
    NO_CHOICE = "no_choice"
    NO_YES_NO = "no_yes_no"
    MASKED = "masked"
    MISSING = "missing"
    NOT_CLEARED = "not_cleared"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class UnreadableCell(Exception):
    """A cell does not hold what its column asks for."""

    def __init__(self, trouble: CellTrouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


@dataclass(frozen=True)
class Tally:
    """What rows did or would do: every row is in exactly one count (promise 5)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """The number of rows that were looked at."""
        return self.created + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True)
class Column:
    """A column of a file: its letters, its heading, and the first values below it."""

    letters: str
    heading: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """Where the headings of a file stand, what they are, and a few rows below them."""

    line: int
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the head as the book of imports keeps it."""
        return {
            "line": self.line,
            "headings": list(self.headings),
            "samples": [list(row) for row in self.samples],
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Head":
        """Return the head that the book of imports kept."""
        samples = tuple(tuple(row) for row in kept.get("samples", ()))
        return cls(kept.get("line", 1), tuple(kept.get("headings", ())), samples)


@dataclass(frozen=True)
class ExportOrder:
    """What somebody wants to take away: which list, as it stands, for which purpose (promise 3).

    ``query`` is the query string of the list; ``rows`` how many rows it has at that moment.
    """

    screen: str
    query: str
    columns: tuple[str, ...]
    language: str
    purpose: str
    rows: int
    is_plain: bool = False


@dataclass(frozen=True)
class BuiltFile:
    """A file that was written: its name below the media folder, size and digest."""

    path: str
    size: int
    sha256: str
    rows: int


class Unfit(StrEnum):
    """Why a file is not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"
    LYING = "lying"
    WEB_PAGE = "web_page"
    MACROS = "macros"
    LOCKED = "locked"
    BOMB = "bomb"
    BROKEN = "broken"
    KNOWN = "known"
    SEALED = "sealed"


class UnfitContent(Exception):
    """A file is not fit to be kept."""

    def __init__(self, reason: Unfit) -> None:
        self.reason = reason
        super().__init__(reason.value)
