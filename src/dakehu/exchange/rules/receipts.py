"""
The answer to a delivery: one JSON file for all of it, one CSV of rejected rows per interface (F5).

The receipt has no words of its own but codes, figures and, if the caller gives them, sentences;
the same delivery always has the same receipt.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dakehu.exchange.values import Announcement, Manifest
from dakehu.facts.intake.values import FileVerdict, Refusal

Wording = Callable[[Refusal], str]


def stem_of(announcement: Announcement) -> str:
    """The part that the names of all answers to a delivery share."""
    scope = f"{announcement.scope}_" if announcement.scope else ""
    day = announcement.day.strftime("%Y%m%d")
    return f"{announcement.city}_{day}_{scope}{announcement.send:02d}"


def receipt_name(announcement: Announcement) -> str:
    """Name the receipt of a delivery."""
    return f"receipt_{stem_of(announcement)}.json"


def rejected_name(announcement: Announcement, interface: str) -> str:
    """Name the CSV of the rejected rows of one interface of a delivery."""
    return f"rejected_{interface}_{stem_of(announcement)}.csv"


def build_receipt(
    manifest: Manifest,
    verdicts: Sequence[tuple[str, FileVerdict]],
    *,
    refusal: Refusal | None = None,
    wording: Wording | None = None,
) -> dict[str, Any]:
    """
    Put the receipt together from the verdicts, each with its interface.

    ``refusal`` is the reason why the delivery was refused whole, if it was; the manifest's own
    comes first.  In every file, rows = accepted + rejected.
    """
    whole = manifest.refusal or refusal
    files = [_file_of_verdict(interface, verdict, wording) for interface, verdict in verdicts]
    files += [
        {
            "file": one.name,
            "interface": one.interface,
            "rows": one.rows,
            "accepted": 0,
            "rejected": one.rows,
            "reasons": {},
            "refusal": _refusal(one.refusal, wording),
        }
        for one in manifest.refused
    ]
    announcement = manifest.announcement
    return {
        "dialect": announcement.dialect,
        "city": announcement.city,
        "day": announcement.day.isoformat(),
        "send": f"{announcement.send:02d}",
        "scope": announcement.scope,
        "fingerprint": manifest.fingerprint,
        "state": _state(files, whole),
        "refusal": _refusal(whole, wording),
        "rows": sum(file["rows"] for file in files),
        "accepted": sum(file["accepted"] for file in files),
        "rejected": sum(file["rejected"] for file in files),
        "files": files,
    }


def _file_of_verdict(
    interface: str, verdict: FileVerdict, wording: Wording | None
) -> dict[str, Any]:
    return {
        "file": verdict.name,
        "interface": interface,
        "rows": verdict.rows,
        "accepted": verdict.accepted,
        "rejected": verdict.rejected,
        "reasons": {str(reason): count for reason, count in verdict.reasons.items()},
        "refusal": _refusal(verdict.refusal, wording),
    }


def _refusal(refusal: Refusal | None, wording: Wording | None) -> Mapping[str, Any] | None:
    if refusal is None:
        return None
    told: dict[str, Any] = {"code": str(refusal.code), **refusal.parameters}
    if wording is not None:
        told["words"] = wording(refusal)
    return told


def _state(files: Sequence[Mapping[str, Any]], whole: Refusal | None) -> str:
    standing = [file["refusal"] is None for file in files]
    if whole is not None or not any(standing):
        return "refused"
    return "accepted" if all(standing) else "partly"
