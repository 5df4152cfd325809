"""What holds of units and periods wherever they are written down."""

from dakehu.people.rules.periods import is_possible_period
from dakehu.people.rules.tree import (
    LONGEST_PATH,
    is_on_one_line,
    is_within,
    kinds_above,
    may_stand_under,
    moved_path,
    path_of,
)

__all__ = [
    "LONGEST_PATH",
    "is_on_one_line",
    "is_possible_period",
    "is_within",
    "kinds_above",
    "may_stand_under",
    "moved_path",
    "path_of",
]
