"""What a run is asked to do: which days, from where, and where receipts go."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from dakehu.exchange.choices import RunKind


@dataclass(frozen=True)
class Places:
    """Where deliveries come from and where receipts go: folders, or sftp:// and ftp:// URLs."""

    inbox: str
    outbox: str


@dataclass(frozen=True)
class RunOrder:
    """What a run is to do.

    A night takes whatever came up to its day, however old, and evaluates that day; a history
    takes what came for the days from ``first_day`` to ``last_day``.
    """

    kind: RunKind
    first_day: date
    last_day: date
    places: Places


def night_of(day: date | None, *, places: Places) -> RunOrder:
    """Order the night of a data day; without one, of yesterday."""
    chosen = day or timezone.localdate() - timedelta(days=1)
    return RunOrder(RunKind.NIGHTLY, chosen, chosen, places)


def history_of(first: date, last: date, *, places: Places) -> RunOrder:
    """Order the loading of past days, both included."""
    return RunOrder(RunKind.LOAD, first, last, places)
