"""
Models at rest: where their files lie, and reading one that ranks.

A model is used only if its files are those that were examined: a digest in its row says so.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dakehu.ranking.errors import UnableToRank
from dakehu.ranking.models import RankingModel
from dakehu.ranking.rules import scoring
from dakehu.ranking.rules.cards import calibration_from_json, digest_of
from dakehu.ranking.values import LAYOUT, Calibration

TREES, CARD = "trees.txt", "card.json"
RANKING = "ranking"
"""The result that has everybody's place."""


@dataclass(frozen=True)
class Usable:
    """A model that can rank: its trees as LightGBM reads them, and its calibration."""

    booster: Any
    calibration: Calibration


def models_folder(home: Path) -> Path:
    """Return where the files of all models lie."""
    return home / "models"


def contents_of(home: Path, model: RankingModel) -> dict[str, bytes]:
    """
    Return the files of a model by name.

    :raises UnableToRank: if they are not there, or are not those that were examined.
    """
    folder = models_folder(home) / model.token
    try:
        contents = {name: (folder / name).read_bytes() for name in (TREES, CARD)}
    except OSError as missing:
        raise UnableToRank(
            _(
                "The files of model %(model)s are not in %(folder)s. "
                "Bring them back, or train anew."
            )
            % {"model": model, "folder": folder}
        ) from missing
    if digest_of(contents) != model.digest:
        raise UnableToRank(
            _("The files of model %(model)s are not those that were examined. Train anew.")
            % {"model": model}
        )
    return contents


def check_usable(home: Path, model: RankingModel) -> None:
    """
    Pass in silence if a model's files can be used by this release; needs no extra.

    :raises UnableToRank: if not.
    """
    if model.layout != LAYOUT:
        raise UnableToRank(
            _("Model %(model)s was trained on other inputs than this release has. Train anew.")
            % {"model": model}
        )
    contents_of(home, model)


def usable_model(home: Path, model: RankingModel) -> Usable:
    """
    Read a model that can rank.

    :raises UnableToRank: if the extra, the files or the inputs are missing.
    """
    if not scoring.is_installed():
        raise UnableToRank(extra_words())
    check_usable(home, model)
    return _read(home, model.token, model.digest)


@lru_cache(maxsize=2)
def _read(home: Path, token: str, digest: str) -> Usable:
    """Read files that were checked; kept in memory, as a screen asks for one person at a time."""
    folder = models_folder(home) / token
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    booster = scoring.booster_of((folder / TREES).read_text(encoding="utf-8"))
    return Usable(booster, calibration_from_json(card["calibration"]))


def extra_words() -> str:
    """Say that the extra is missing, and how to add it."""
    return _(
        "Ranking needs LightGBM and scikit-learn: install Dakehu with its extra ml "
        "(and the system library libgomp1)."
    )
