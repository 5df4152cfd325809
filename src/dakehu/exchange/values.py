"""
What a delivery says about itself before any row of it is read (capability F5).

A *dialect* is how senders name and describe files; an *announcement* is the check file, or the
check files, by which a delivery says that it is complete; a *manifest* is what they say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dakehu.facts.intake.values import Layout, Refusal, printable


class EnvelopeRefusal(StrEnum):
    """Why a delivery, or one file of it, is refused before its content is read."""

    MANIFEST_MALFORMED = "manifest_malformed"
    WRONG_CITY = "wrong_city"
    WRONG_DAY = "wrong_day"
    WRONG_NAME = "wrong_name"
    UNSAFE_NAME = "unsafe_name"
    UNKNOWN_INTERFACE = "unknown_interface"
    UNKNOWN_ENCODING = "unknown_encoding"
    LISTED_TWICE = "listed_twice"
    SUPERSEDED = "superseded"
    SEND_REUSED = "send_reused"


class CheckForm(StrEnum):
    """How a check file lists the data files."""

    CSV = "csv"
    VERF = "verf"


@dataclass(frozen=True)
class Dialect:
    """
    One way of naming, describing and laying out files.

    ``data_name`` and ``check_name`` are patterns with the groups ``place`` (city or province),
    ``period`` (YYYYMMDD or YYYYMM), ``unit`` (interface or number), ``send`` and ``part``.
    ``units`` lead from unit and length of the period to an interface; ``columns`` give the order
    of the columns where it is not the contract's.  ``separators`` are all that senders use; which
    one it is, the check file shows.
    """

    name: str
    data_name: str
    check_name: str
    check_form: CheckForm
    separators: tuple[bytes, ...]
    quoting: bool
    header: bool
    compressed: bool
    encodings: tuple[str, ...]
    units: Mapping[tuple[str, int], str]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place_is_city: bool = True


@dataclass(frozen=True, order=True)
class Announcement:
    """
    One delivery that says it is complete: whose, of which day, under which send number.

    ``scope`` is empty where a check file speaks for the whole delivery; where each unit has its
    own, it is that unit's number with its period, and send numbers count within it.
    """

    city: str
    day: date
    send: int
    scope: str
    dialect: str
    check_files: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """One data file as the manifest lists it; ``sha256`` is None where check files have none."""

    name: str
    interface: str
    rows: int
    size: int
    sha256: str | None
    encoding: str
    layout: Layout
    part: int


@dataclass(frozen=True)
class RefusedListing:
    """One data file refused for what the manifest or its name says; texts are made printable."""

    name: str
    interface: str
    rows: int
    refusal: Refusal

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", printable(self.name)[:200])
        object.__setattr__(self, "interface", printable(self.interface)[:20])


@dataclass(frozen=True)
class Manifest:
    """
    What a delivery consists of.

    ``refusal`` is set when the manifest itself cannot be used; then nothing is listed.
    ``fingerprint`` tells the same delivery twice from another one under its number.
    """

    announcement: Announcement
    fingerprint: str
    files: tuple[Listed, ...] = ()
    refused: tuple[RefusedListing, ...] = ()
    refusal: Refusal | None = None

    @property
    def interfaces(self) -> tuple[str, ...]:
        """The interfaces that the delivery replaces, refused files left aside."""
        return tuple(dict.fromkeys(file.interface for file in self.files))


@dataclass(frozen=True, order=True)
class TakenSend:
    """A send that was taken before: its number and the fingerprint of its manifest."""

    send: int
    fingerprint: str


class SendVerdict(StrEnum):
    """What the send number of a delivery means for it."""

    TAKE = "take"
    ALREADY_TAKEN = "already_taken"
    REFUSE = "refuse"
