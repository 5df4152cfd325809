"""A model's report and its calibration as JSON, and back: what rests in its card file and row."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from dakehu.ranking.values import (
    Calibration,
    CalibrationBand,
    CalibrationKind,
    Counts,
    Metrics,
    Point,
    Recipe,
    Report,
)

CURVES = ("roc", "pr", "gains")


def digest_of(contents: Mapping[str, bytes]) -> str:
    """One digest of several files by name."""
    whole = sha256()
    for name in sorted(contents):
        whole.update(sha256(contents[name]).digest())
    return whole.hexdigest()


def report_to_json(report: Report) -> dict[str, Any]:
    """Write a report as plain values; curves as pairs of numbers."""
    return {
        **{
            name: getattr(report, name)
            for name in ("horizon", "trees", "late", "from_history", "partitions")
        },
        "split": {part: [day.isoformat() for day in days] for part, days in report.split.items()},
        "counts": {part: asdict(counts) for part, counts in report.counts.items()},
        "results": {who: _metrics_to_json(found) for who, found in report.results.items()},
        "importance": [list(pair) for pair in report.importance],
        "calibration": str(report.calibration),
        "remarks": list(report.remarks),
        "recipe": asdict(report.recipe),
    }


def report_from_json(kept: Mapping[str, Any]) -> Report:
    """
    Read a report.

    :raises KeyError: if it was written by another release.
    """
    return Report(
        horizon=kept["horizon"],
        split={
            part: tuple(date.fromisoformat(day) for day in days)
            for part, days in kept["split"].items()
        },
        counts={part: Counts(**counts) for part, counts in kept["counts"].items()},
        results={who: _metrics_from_json(found) for who, found in kept["results"].items()},
        importance=tuple((name, gain) for name, gain in kept["importance"]),
        trees=kept["trees"],
        calibration=CalibrationKind(kept["calibration"]),
        remarks=tuple(kept["remarks"]),
        late=kept["late"],
        from_history=kept["from_history"],
        partitions=kept["partitions"],
        recipe=Recipe(**kept["recipe"]),
    )


def calibration_from_json(kept: Mapping[str, Any]) -> Calibration:
    """
    Read a calibration.

    :raises KeyError: if it was written by another release.
    """
    return Calibration(
        CalibrationKind(kept["kind"]),
        at=tuple(kept["at"]),
        gives=tuple(kept["gives"]),
        slope=kept["slope"],
        offset=kept["offset"],
    )


def _metrics_to_json(found: Metrics) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in ("roc_auc", "pr_auc", "lift", "brier")},
        **{name: [[point.x, point.y] for point in getattr(found, name)] for name in CURVES},
        "bands": [[band.foretold, band.happened, band.count] for band in found.bands],
    }


def _metrics_from_json(kept: Mapping[str, Any]) -> Metrics:
    curves = {name: tuple(Point(x, y) for x, y in kept[name]) for name in CURVES}
    return Metrics(
        roc_auc=kept["roc_auc"],
        pr_auc=kept["pr_auc"],
        lift=kept["lift"],
        brier=kept["brier"],
        bands=tuple(CalibrationBand(*band) for band in kept["bands"]),
        **curves,
    )
