"""
How well the ranking model foretells who leaves, beside what others reached on the same files.

    python -m bench.model --data DIR

``DIR`` holds the public files ``iranian_churn.csv`` (UCI data set 563) and
``ibm_telco_churn.csv`` (IBM sample data).  Nothing of them belongs to Dakehu; without them there
is nothing to measure.  Five folds, shuffled, seed 0, as the reference results were taken: in each
fold a fifth of the training rows is held back, decides when the trees stop growing, and calibrates
them.  The references are the results of scikit-learn's defaults on the same folds and, for the
IBM file, those of Ebrah & Elnasir 2019 (doi 10.4236/jcc.2019.711003).
"""

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from dakehu.facts.samples import Sample
from dakehu.ranking.rules import learning, metrics
from dakehu.ranking.rules.scoring import booster_of, is_installed, margins, probabilities
from dakehu.ranking.values import Recipe

FOLDS = 5


@dataclass(frozen=True)
class Reference:
    """A public file: its target, what is no input, and what others reached (AUC, lift)."""

    file: str
    target: str
    yes: str
    left_out: tuple[str, ...]
    published: tuple[tuple[str, float, float | None], ...]
    to_reach: tuple[float, float]
    """AUC and lift of the reference of the same kind, the gradient boosting."""


REFERENCES = (
    Reference(
        "ibm_telco_churn.csv",
        "Churn",
        "Yes",
        ("customerID",),
        (
            ("decision tree (Ebrah & Elnasir)", 0.77, None),
            ("naive Bayes (Ebrah & Elnasir)", 0.82, None),
            ("SVM (Ebrah & Elnasir)", 0.87, None),
            ("random forest", 0.827, None),
            ("hist. gradient boosting", 0.837, 2.8),
            ("logistic regression", 0.845, 2.8),
        ),
        (0.837, 2.8),
    ),
    Reference(
        "iranian_churn.csv",
        "Churn",
        "1",
        (),
        (
            ("logistic regression", 0.931, 4.7),
            ("random forest", 0.983, 6.1),
            ("hist. gradient boosting", 0.987, 6.2),
        ),
        (0.987, 6.2),
    ),
)


def read(path: Path, reference: Reference) -> tuple[list[str], Sample]:
    """Read a file: blanks in names are closed up, words become numbers in alphabetical order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name not in (reference.target, *reference.left_out)]
    columns = [column_of([row[name].strip() for row in rows]) for name in names]
    labels = np.array([row[reference.target].strip() == reference.yes for row in rows], float)
    matrix = np.column_stack(columns).astype(np.float32)
    plain = ["_".join(name.split()) for name in names]
    return plain, Sample(matrix, labels, np.ones(len(labels)), np.zeros(len(labels)))


def column_of(texts: Sequence[str]) -> np.ndarray:
    """Return a column as numbers; an empty field is missing."""
    try:
        return np.array([float(text) if text else np.nan for text in texts])
    except ValueError:
        places = {text: place for place, text in enumerate(sorted(set(texts)))}
        return np.array([float(places[text]) for text in texts])


def part(sample: Sample, rows: np.ndarray) -> Sample:
    """Return some rows of a sample."""
    return Sample(
        sample.matrix[rows], sample.labels[rows], sample.weights[rows], sample.scores[rows]
    )


def folds(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the rows to learn from and those to be examined on, of every fold."""
    from sklearn.model_selection import KFold

    return list(KFold(FOLDS, shuffle=True, random_state=0).split(np.zeros(count)))


@dataclass(frozen=True)
class Result:
    """What one kind of model reached in one fold."""

    roc_auc: float
    pr_auc: float
    lift: float
    brier: float


def result_of(sample: Sample, scores: np.ndarray, foretold: np.ndarray) -> Result:
    """Judge one fold."""
    found = metrics.metrics_of(sample.labels, scores, sample.weights, foretold)
    return Result(found.roc_auc, found.pr_auc, found.lift, found.brier or 0.0)


def model_fold(sample: Sample, names: list[str], learned_on: np.ndarray, asked: Sample) -> Result:
    """Learn as the product does, with a fifth held back, and judge."""
    mixed = np.random.default_rng(0).permutation(learned_on)
    held = len(mixed) // 5
    learned = learning.learn(
        part(sample, mixed[held:]), part(sample, mixed[:held]), names=names, recipe=Recipe()
    )
    raw = margins(booster_of(learned.trees), asked.matrix)
    return result_of(asked, raw, probabilities(learned.calibration, raw))


def measure(path: Path, reference: Reference, console: Console) -> bool:
    """Measure one file and print it beside its references; return whether they are reached."""
    names, sample = read(path, reference)
    began = time.process_time()
    ours, plain = [], []
    for learned_on, examined in folds(len(sample)):
        asked = part(sample, examined)
        ours.append(model_fold(sample, names, learned_on, asked))
        foretold = learning.regression(part(sample, learned_on), asked.matrix)
        plain.append(result_of(asked, foretold, foretold))
    seconds = time.process_time() - began
    table = Table(title=f"{reference.file}: {len(sample):,} rows, {sample.left:,} left", box=None)
    for heading in ("", "ROC AUC", "PR AUC", "lift@10 %", "Brier"):
        table.add_column(heading, justify="right" if heading else "left")
    for words, auc, lift in reference.published:
        table.add_row(words, f"{auc:.3f}", "", f"{lift:.1f}" if lift else "", "")
    for words, results in (("our regression", plain), ("our model", ours)):
        table.add_row(words, *(spread(results, name) for name in Result.__dataclass_fields__))
    console.print(table)
    reached = is_reached(ours, reference)
    console.print(f"{'reached' if reached else 'NOT REACHED'}; {seconds:.1f} CPU s\n")
    return reached


def spread(results: list[Result], name: str) -> str:
    """Return mean and standard deviation over the folds."""
    values = [getattr(each, name) for each in results]
    return f"{np.mean(values):.3f} ± {np.std(values):.3f}"


def is_reached(results: list[Result], reference: Reference) -> bool:
    """Whether AUC and lift come to the reference, within the spread over the folds."""
    auc, lift = reference.to_reach
    return all(
        np.mean(values) + np.std(values) >= least
        for values, least in (
            ([each.roc_auc for each in results], auc),
            ([each.lift for each in results], lift),
        )
    )


def main() -> int:
    """Measure the files that are there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public files")
    folder = parser.parse_args().data
    console = Console()
    if not is_installed():
        console.print("Ranking needs the extra: uv sync --extra ml. Nothing was measured.")
        return 0
    reached = []
    for reference in REFERENCES:
        path = folder / reference.file
        if path.exists():
            reached.append(measure(path, reference, console))
        else:
            console.print(f"{path} is not there; skipped.")
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
