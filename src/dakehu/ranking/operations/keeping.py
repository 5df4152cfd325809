"""
Keeping a trained model: its files first, whole or not at all, then its row.

A folder bears a digest of what it holds, so the same training twice writes the same folder.  A
folder that no row names was left by a training that was killed, and is removed by the next one.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from dakehu.audit.operations import create_record
from dakehu.ranking.models import RankingModel
from dakehu.ranking.queries.shelf import CARD, TREES, models_folder
from dakehu.ranking.rules.cards import digest_of, report_to_json
from dakehu.ranking.rules.learning import MODEL
from dakehu.ranking.values import LAYOUT, Calibration, Report


@dataclass(frozen=True)
class Trained:
    """What a training brings: trees, calibration, report, and the period asked for."""

    trees: str
    calibration: Calibration
    report: Report
    first: date
    last: date


def keep_model(*, home: Path, trained: Trained, at: datetime) -> RankingModel:
    """Keep a trained model as a draft; its files are on the disk before its row is."""
    token, digest = write_files(home, trained)
    with transaction.atomic():
        newest = RankingModel.objects.select_for_update().aggregate(newest=Max("number"))["newest"]
        found = trained.report.results[MODEL]
        examined = trained.report.counts["test"]
        model = RankingModel(
            number=(newest or 0) + 1,
            token=token,
            digest=digest,
            layout=LAYOUT,
            horizon=trained.report.horizon,
            first_day=trained.first,
            last_day=trained.last,
            people=examined.rows,
            left=examined.left,
            roc_auc=found.roc_auc,
            pr_auc=found.pr_auc,
            lift=found.lift,
            brier=found.brier or 0.0,
            report=report_to_json(trained.report),
            trained_at=at,
        )
        return create_record(model, by=None, at=at)


def write_files(home: Path, trained: Trained) -> tuple[str, str]:
    """Write trees and card into a folder of their own, in one step; return its name and digest."""
    card = {
        "layout": LAYOUT,
        "calibration": {
            "kind": str(trained.calibration.kind),
            "at": trained.calibration.at,
            "gives": trained.calibration.gives,
            "slope": trained.calibration.slope,
            "offset": trained.calibration.offset,
        },
        "report": report_to_json(trained.report),
    }
    contents = {
        TREES: trained.trees.encode(),
        CARD: json.dumps(card, ensure_ascii=False, indent=1).encode(),
    }
    digest = digest_of(contents)
    token = f"m{digest[:20]}"
    folder = models_folder(home) / token
    if not folder.exists():
        aside = folder.with_name(f".{token}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for name, content in contents.items():
            write_through(aside / name, content)
        aside.rename(folder)
    return token, digest


def write_through(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk before anything refers to it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_orphans(*, home: Path) -> int:
    """Remove the folders that no model names; return how many. One training runs at a time."""
    named = set(RankingModel.objects.values_list("token", flat=True))
    root = models_folder(home)
    orphans = [path for path in root.iterdir() if path.name not in named] if root.exists() else []
    for path in orphans:
        shutil.rmtree(path, ignore_errors=True)
    return len(orphans)
