"""Spoil files the way real ones go wrong, so that every verdict of the intake can be seen (F5).

Of the chosen day's delivery, ``usage`` carries every kind of bad row, below the limit that refuses
a file; ``subscription`` is above that limit; what the manifest says of ``service_log`` is wrong;
``city_stat`` is cut off before its end.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dakehu.demo.rules.envelope import Envelope, SentFile

Mend = Callable[[Path, SentFile], SentFile]

# Positions in the ``usage`` row.
DAY, SUB_ID, CITY, VOICE, DATA, STATUS = 0, 1, 2, 4, 18, 25
UNKNOWN_SUBSCRIBER = "8999999999"
SINCE = 3
BAD_VALUES: tuple[tuple[int, str | None], ...] = (
    (VOICE, None),
    (VOICE, "n/a"),
    (DAY, "2019-02-28"),
    (CITY, "99"),
    (DATA, "-1024"),
    (VOICE, "90000"),
    (STATUS, "7"),
    (SUB_ID, UNKNOWN_SUBSCRIBER),
)
# One bad row in this many, so that a small file too stays below 5 %.
GOOD_PER_BAD = 40


def spoiled(
    printed: Path, interface: str, *, rows: int, envelope: Envelope
) -> tuple[int, Mend | None]:
    """
    Spoil the printed file of ``interface`` in place.

    Returns how many rows it has now, and what is still to be done to the packed file, if anything.
    """
    mark, heads = envelope.paper.mark, 0 if envelope.paper.plain else 1
    if interface == "usage":
        return spoil_usage(printed, mark=mark, heads=heads), None
    if interface == "subscription":
        spoil_dates(printed, mark=mark, heads=heads)
        return rows, None
    if interface == "service_log":
        return rows, lambda _target, line: envelope.misstated(line)
    return rows, cut_gzip if envelope.paper.compressed else cut_text


def spoil_usage(printed: Path, *, mark: str, heads: int) -> int:
    """Replace or add rows so that each of the nine reasons is met; return the rows there are."""
    lines = printed.read_text("utf-8").splitlines()
    step = max(GOOD_PER_BAD, len(lines) // 400)
    for turn, place in enumerate(range(heads + 7, len(lines), step)):
        lines[place] = bad_row(turn, lines[place].split(mark), mark)
    # Delivered twice: both copies are there, and only the first is good.
    lines += lines[heads + 1 : heads + 2 + len(lines) // 2000]
    printed.write_text("\n".join([*lines, ""]), "utf-8")
    return len(lines) - heads


def bad_row(turn: int, values: list[str], mark: str) -> str:
    """Return the row of ``values`` spoiled in the ``turn``-th way: a field too few, or a value."""
    place, text = BAD_VALUES[turn % len(BAD_VALUES)]
    if text is None:
        del values[place]
    else:
        values[place] = text
    return mark.join(values)


def spoil_dates(printed: Path, *, mark: str, heads: int) -> None:
    """Make the beginning of every second holding a date that is none."""
    lines = printed.read_text("utf-8").splitlines()
    for place in range(heads, len(lines), 2):
        values = lines[place].split(mark)
        values[SINCE] = "2026-02-30"
        lines[place] = mark.join(values)
    printed.write_text("\n".join([*lines, ""]), "utf-8")


def cut_gzip(target: Path, line: SentFile) -> SentFile:
    """Break the gzip stream of ``target``; the manifest agrees with the broken file."""
    content = target.read_bytes()[:-12]
    target.write_bytes(content)
    return replace(line, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def cut_text(target: Path, line: SentFile) -> SentFile:
    """Lose the end of ``target``; what was said of it stays."""
    target.write_bytes(target.read_bytes()[:-12])
    return line
