"""
Measures: figures of customers, each defined once and computed for all of them in one pass.

A measure is a value: of whom it speaks, and from which delivered column it comes, over which
window, folded how.  :mod:`~dakehu.facts.measures.frame` computes many measures of many customers
as columns; :mod:`~dakehu.facts.measures.reference` computes them of one, in plain steps.
Numbers are whole; a figure nobody knows is missing, never guessed (capabilities T7, T20).
"""

from dakehu.facts.measures.frame import MEASURED, Frame, measured
from dakehu.facts.measures.values import (
    Age,
    Daily,
    Derived,
    Difference,
    Fold,
    Gaps,
    Held,
    Known,
    Measure,
    Monthly,
    Newest,
    Recorded,
    Served,
    Share,
    Silence,
    Source,
    Subject,
)

__all__ = [
    "MEASURED",
    "Age",
    "Daily",
    "Derived",
    "Difference",
    "Fold",
    "Frame",
    "Gaps",
    "Held",
    "Known",
    "Measure",
    "Monthly",
    "Newest",
    "Recorded",
    "Served",
    "Share",
    "Silence",
    "Source",
    "Subject",
    "measured",
]
