"""Where the answers to a delivery lie: its receipt and its rejected rows (F5)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from dakehu.exchange.rules.receipts import receipt_name, rejected_name
from dakehu.exchange.values import Announcement, EnvelopeRefusal

NUMBER_REFUSALS = {EnvelopeRefusal.SUPERSEDED.value, EnvelopeRefusal.SEND_REUSED.value}


@dataclass(frozen=True)
class RejectedRow:
    """One rejected row: which line of which file, why, and the line itself."""

    file: str
    line: int
    reason: str
    detail: str
    raw: str


def announcement_of(*, city: str, day: date, receipt: Mapping[str, Any]) -> Announcement:
    """Return what names the answers to a delivery, from its receipt."""
    return Announcement(
        city=city,
        day=day,
        send=int(receipt["send"]),
        scope=receipt["scope"],
        dialect=receipt["dialect"],
        check_files=(),
    )


def receipt_file(said: Announcement, receipt: Mapping[str, Any]) -> str:
    """Name a receipt; one about a used number must not replace the answer to what was taken."""
    name = receipt_name(said)
    refusal = receipt["refusal"]
    if refusal is not None and refusal["code"] in NUMBER_REFUSALS:
        return name.replace(".json", f"_{receipt['fingerprint'][:8]}.json")
    return name


def rejected_folder(city: str, day: date) -> Path:
    """Return where the rejected rows of a city and day are kept for the screens."""
    folder: Path = settings.HOME / "rejected" / city / f"{day:%Y%m%d}"
    return folder


def rejected_file(said: Announcement, interface: str) -> Path:
    """Return where the rejected rows of one interface of a delivery are kept."""
    return rejected_folder(said.city, said.day) / rejected_name(said, interface)


def rejected_rows(path: Path) -> Iterator[RejectedRow]:
    """Yield the rejected rows that a file keeps; they hold personal data in plain."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield RejectedRow(
                file=row["file"],
                line=int(row["line"]),
                reason=row["reason"],
                detail=row["detail"],
                raw=row["raw"],
            )
