"""Checking deliveries before they are sent, and telling about it (F5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from dakehu.exchange.choices import REASONS, refusal_in_words
from dakehu.exchange.errors import FolderMissing
from dakehu.exchange.rules.checking import (
    CheckedDelivery,
    CheckedFolder,
    CheckOptions,
    check_delivery,
)
from dakehu.facts.intake import FileVerdict, IntakeLimits, Refusal


@dataclass(frozen=True)
class Line:
    """One checked file in words."""

    file: str
    rows: int
    accepted: int
    verdict: str
    is_good: bool


def check(folder: Path, options: CheckOptions) -> list[CheckedFolder]:
    """Check all deliveries below a folder, by the rules of the nightly run.

    :raises FolderMissing: if there is no such folder.
    """
    limits = IntakeLimits(
        scratch=settings.HOME / "work",
        memory=f"{settings.ENGINE_MEMORY_MB}MB",
        threads=settings.ENGINE_THREADS,
        rejected_percent=settings.REJECT_LIMIT_PERCENT,
    )
    try:
        return check_delivery(folder, limits=limits, options=options)
    except NotADirectoryError as error:
        raise FolderMissing(_("There is no folder %(folder)s.") % {"folder": folder}) from error


def is_good(checked: Sequence[CheckedFolder]) -> bool:
    """Tell whether something was found, and all of it would be taken."""
    found = [delivery for each in checked for delivery in each.deliveries]
    waiting = any(each.unannounced for each in checked)
    return bool(found) and not waiting and all(delivery.is_good for delivery in found)


def show(checked: Sequence[CheckedFolder], console: Console) -> None:
    """Print one table per delivery folder."""
    if not checked:
        console.print(_("No delivery was found here."))
    for each in checked:
        day = each.day.isoformat() if each.day else "?"
        table = Table(title=f"{each.folder} · {each.city or '?'} · {day}", title_justify="left")
        table.add_column(_("File"))
        table.add_column(_("Rows"), justify="right")
        table.add_column(_("Accepted"), justify="right")
        table.add_column(_("Verdict"))
        for line in lines_of(each):
            mark = "✓" if line.is_good else "✗"
            table.add_row(
                line.file, f"{line.rows:,}", f"{line.accepted:,}", f"{mark} {line.verdict}"
            )
        console.print(table)


def lines_of(checked: CheckedFolder) -> Iterator[Line]:
    """Yield what is to be said about one folder, file by file."""
    for delivery in checked.deliveries:
        yield from delivery_lines(delivery)
    for name in checked.unannounced:
        yield Line(name, 0, 0, _("no check file announces it"), is_good=False)


def delivery_lines(delivery: CheckedDelivery) -> Iterator[Line]:
    """Yield what is to be said about one delivery."""
    manifest = delivery.manifest
    check_file = ", ".join(manifest.announcement.check_files)
    if manifest.refusal is not None:
        yield Line(check_file, 0, 0, worded(manifest.refusal), is_good=False)
    for name in delivery.lacking:
        yield Line(name, 0, 0, _("it is not there"), is_good=False)
    for _interface, verdict in delivery.verdicts:
        yield file_line(verdict)
    for refused in manifest.refused:
        yield Line(refused.name, refused.rows, 0, worded(refused.refusal), is_good=False)
    if not delivery.knows_subscribers:
        words = _("not checked: whether subscribers are known; no subscriber file is here")
        yield Line(check_file, 0, 0, words, is_good=True)


def file_line(verdict: FileVerdict) -> Line:
    """Say what would become of one file."""
    reasons = ", ".join(
        f"{REASONS[str(reason)]} × {count:,}" for reason, count in verdict.reasons.items()
    )
    words = worded(verdict.refusal) if verdict.refusal else _("would be taken")
    return Line(
        file=verdict.name,
        rows=verdict.rows,
        accepted=verdict.accepted,
        verdict=f"{words} {reasons}".strip(),
        is_good=verdict.refusal is None,
    )


def worded(refusal: Refusal) -> str:
    """Say a refusal."""
    return refusal_in_words(str(refusal.code), refusal.parameters)


def as_json(checked: Sequence[CheckedFolder]) -> list[dict[str, Any]]:
    """Return the findings for other programs."""
    return [
        {
            "folder": str(each.folder),
            "city": each.city,
            "day": each.day.isoformat() if each.day else None,
            "files": [vars(line) for line in lines_of(each)],
        }
        for each in checked
    ]
