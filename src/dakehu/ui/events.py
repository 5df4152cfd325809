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


@dataclass(frozen=True)
class RecordsSearched:
    """A person searched for customers by ``typed`` words and was shown ``count`` of them."""

    actor: Any
    typed: str
    count: int
    at: datetime


@dataclass(frozen=True)
class RecordOpened:
    """A person opened the page of a record that holds personal data."""

    actor: Any
    subject: Any
    at: datetime
