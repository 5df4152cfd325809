"""What happened on a screen and must be remembered by the apps above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class RowsExported:
    """A person took ``count`` rows of a list away as a workbook.

    ``filters`` are the list's filter fields as typed, by name.
    """

    actor: Any
    screen: str
    count: int
    filters: Mapping[str, str]
    at: datetime
