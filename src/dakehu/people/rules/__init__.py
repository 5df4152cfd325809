"""What holds of units, periods and numbers wherever they are written down."""

from dakehu.people.rules.identity import is_identity_number
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
    "is_identity_number",
    "is_on_one_line",
    "is_possible_period",
    "is_within",
    "kinds_above",
    "may_stand_under",
    "moved_path",
    "path_of",
]
