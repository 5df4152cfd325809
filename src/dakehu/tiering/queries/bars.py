"""The bar of a cohort in words, and the one that comes with Dakehu (T17)."""

from collections.abc import Mapping
from importlib import resources
from typing import Any

from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.wording import condition_words
from dakehu.tiering.rules.bodies import Reader
from dakehu.tiering.rules.packs import in_fen, read_document


def bar_words(bar: Mapping[str, Any]) -> str:
    """Return the bar of a cohort in one sentence."""
    measures = {each.code: each for each in measures_for("INDIVIDUAL")}
    return condition_words(Reader(None).condition(bar, ()), measures)


def default_cohort() -> dict[str, Any]:
    """Return the bar that comes with Dakehu, and whether members must be at it (T17)."""
    path = resources.files("dakehu.tiering") / "packs" / "cohort-default.yaml"
    found: dict[str, Any] = in_fen(read_document(path.read_text(encoding="utf-8")).data["cohort"])
    return found
