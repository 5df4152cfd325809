"""Spoil files the way real ones go wrong, so that every verdict of the intake can be seen (F5).

Of the chosen day's delivery, ``usage`` carries every kind of bad row, below the limit that refuses
a file; ``subscription`` is above that limit; the manifest's checksum of ``service_log`` is wrong;
``city_stat`` is cut off in the middle of its gzip stream.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dakehu.demo.rules.press import SentFile

Mend = Callable[[Path, SentFile], SentFile]

# Positions in the ``usage`` row.
DAY, SUB_ID, CITY, VOICE, DATA, STATUS = 0, 1, 2, 4, 18, 25
UNKNOWN_SUBSCRIBER = "8999999999"
# One bad row in this many, so that a small file too stays below 5 %.
GOOD_PER_BAD = 40


def spoiled(printed: Path, interface: str, rows: int) -> tuple[int, Mend | None]:
    """
    Spoil the printed file of ``interface`` in place.

    Returns how many rows it has now, and what is still to be done to the packed file, if anything.
    """
    if interface == "usage":
        return spoil_usage(printed), None
    if interface == "subscription":
        spoil_dates(printed)
        return rows, None
    return rows, misstate_checksum if interface == "service_log" else cut_off


def spoil_usage(printed: Path) -> int:
    """Replace or add rows so that each of the nine reasons is met; return the rows there are."""
    header, *lines = printed.read_text("utf-8").splitlines()
    step = max(GOOD_PER_BAD, len(lines) // 400)
    for turn, place in enumerate(range(7, len(lines), step)):
        lines[place] = BAD_ROWS[turn % len(BAD_ROWS)](lines[place])
    # Delivered twice: both copies are there, and only the first is good.
    lines += lines[1 : 2 + len(lines) // 2000]
    printed.write_text("\n".join([header, *lines, ""]), "utf-8")
    return len(lines)


def with_field(place: int, text: str) -> Callable[[str], str]:
    """Return what replaces one field of a line by ``text``."""

    def change(line: str) -> str:
        fields = line.split(",")
        fields[place] = text
        return ",".join(fields)

    return change


BAD_ROWS: tuple[Callable[[str], str], ...] = (
    lambda line: line.rpartition(",")[0],
    with_field(VOICE, "n/a"),
    with_field(DAY, "2019-02-28"),
    with_field(CITY, "99"),
    with_field(DATA, "-1024"),
    with_field(VOICE, "90000"),
    with_field(STATUS, "7"),
    with_field(SUB_ID, UNKNOWN_SUBSCRIBER),
)


def spoil_dates(printed: Path) -> None:
    """Make every second row's last field but one a date that is none."""
    header, *lines = printed.read_text("utf-8").splitlines()
    lines[::2] = [with_field(-2, "2026-02-30")(line) for line in lines[::2]]
    printed.write_text("\n".join([header, *lines, ""]), "utf-8")


def misstate_checksum(_target: Path, line: SentFile) -> SentFile:
    """Return the manifest line with a checksum that is another file's."""
    return replace(line, sha256=hashlib.sha256(line.file.encode()).hexdigest())


def cut_off(target: Path, line: SentFile) -> SentFile:
    """Break the gzip stream of ``target``; the manifest agrees with the broken file."""
    content = target.read_bytes()[:-12]
    target.write_bytes(content)
    return replace(line, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
