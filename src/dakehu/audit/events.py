"""What was written down, for those who keep something that follows from it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ChangesRecorded:
    """
    Records of one model were changed, and the log says so.

    Announced inside the transaction of the change, after the rows were written: what follows from
    a record is stored together with it, or not at all.
    """

    model: type[Any]
    keys: frozenset[int]
