"""How a city wraps what it sends: the contract's own dialect, or the older one of source systems.

An envelope names the files, says how rows stand in them, and writes the files that say that a
delivery is complete, as a sender would: knowing the contract, not the intake (F5).
"""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby

from dakehu.demo.rules.plan import months_before

# A re-send in the contract's dialect numbers its files from here, so that none of the first
# delivery's is written over.
FIRST_PART_OF_A_RESEND = 101
PROVINCE_NUMBER = "13100"
UNITS = {
    "subscriber": "01002",
    "group": "01006",
    "subscription": "01011",
    "group_month": "02008",
    "usage": "02053",
    "month": "02053",
    "service_log": "03007",
    "city_stat": "05001",
}
MONTHLY = frozenset({"month", "group_month"})
# Rows that a name's letter calls flow or statistics; the others are a whole picture or changes.
FLOWS = frozenset({"usage", "month", "group_month", "service_log", "city_stat"})
# Sources finish their files in the night after the data day.
FINISHED_AT = "031500"
# No byte of printed text, so it can stand for the dialect's separator until the text is encoded.
PLACEHOLDER = "\x01"


@dataclass(frozen=True)
class SentFile:
    """One line of a manifest."""

    file: str
    interface: str
    rows: int
    bytes: int
    sha256: str
    encoding: str


@dataclass(frozen=True)
class Paper:
    """
    How rows stand in a file.

    Rows are printed with ``mark`` between fields; ``separator`` replaces it after encoding.
    """

    encoding: str
    plain: bool
    compressed: bool
    mark: str
    separator: bytes


@dataclass(frozen=True)
class Sending:
    """Which delivery a file belongs to: its city, its day, and the sends before it."""

    city: str
    day: date
    send: int


class Envelope(ABC):
    """What differs between dialects."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @abstractmethod
    def name(self, interface: str, sending: Sending, *, part: int, whole: bool) -> str:
        """Return the name of the ``part``-th file of ``interface``, from 1."""

    @abstractmethod
    def checks(self, sent: Sequence[SentFile], sending: Sending) -> Iterator[tuple[str, bytes]]:
        """Yield names and contents of the files that say that the delivery is complete."""

    @abstractmethod
    def misstated(self, line: SentFile) -> SentFile:
        """Return a line that does not agree with its file."""


class ContractEnvelope(Envelope):
    """Dialect ``dakehu-1``: gzipped CSV with a header, and one manifest with checksums."""

    def __init__(self, encoding: str) -> None:
        super().__init__(Paper(encoding, plain=False, compressed=True, mark=",", separator=b","))

    def name(self, interface: str, sending: Sending, *, part: int, whole: bool) -> str:
        """Return ``<interface>_<city>_<YYYYMMDD>_<part>.csv.gz``."""
        number = part + (FIRST_PART_OF_A_RESEND - 1 if sending.send else 0)
        return f"{interface}_{sending.city}_{sending.day:%Y%m%d}_{number:03d}.csv.gz"

    def checks(self, sent: Sequence[SentFile], sending: Sending) -> Iterator[tuple[str, bytes]]:
        """Yield the manifest."""
        text = io.StringIO(newline="")
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(field.name for field in fields(SentFile))
        lines.writerows(astuple(line) for line in sent)
        name = f"manifest_{sending.city}_{sending.day:%Y%m%d}_{sending.send:02d}.csv"
        yield name, text.getvalue().encode()

    def misstated(self, line: SentFile) -> SentFile:
        """Return the line with a checksum that is another file's."""
        return replace(line, sha256=sha256(line.file.encode()).hexdigest())


class VerfEnvelope(Envelope):
    """Dialect ``verf-dat``: rows parted by one byte, and a check file per unit, sent last."""

    def __init__(self) -> None:
        super().__init__(
            Paper(
                "gb18030",
                plain=True,
                compressed=False,
                mark=PLACEHOLDER,
                separator=b"\x80",
            )
        )

    def name(self, interface: str, sending: Sending, *, part: int, whole: bool) -> str:
        """Return ``<letter>_<province>_<period>_<unit>_<RR>_<part>.dat``."""
        last_month = str(months_before(sending.day, 1)[0])
        period = last_month if interface in MONTHLY else f"{sending.day:%Y%m%d}"
        letter = "s" if interface in FLOWS else "i" if whole else "a"
        stem = f"{letter}_{PROVINCE_NUMBER}_{period}_{UNITS[interface]}_{sending.send:02d}"
        return f"{stem}_{part:03d}.dat"

    def checks(self, sent: Sequence[SentFile], sending: Sending) -> Iterator[tuple[str, bytes]]:
        """Yield a check file for each unit: name, bytes, rows, period, time of each part."""
        finished = f"{sending.day + timedelta(days=1):%Y%m%d}{FINISHED_AT}"
        for stem, lines in groupby(sent, key=lambda line: line.file.rpartition("_")[0]):
            period = stem.split("_")[2]
            yield (
                f"{stem}.verf",
                b"".join(
                    self.paper.separator.join(
                        str(word).encode()
                        for word in (line.file, line.bytes, line.rows, period, finished)
                    )
                    + b"\n"
                    for line in lines
                ),
            )

    def misstated(self, line: SentFile) -> SentFile:
        """Return the line with one row more than there are: this dialect knows no checksums."""
        return replace(line, rows=line.rows + 1)
