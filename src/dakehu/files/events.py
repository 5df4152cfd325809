"""What happened to exports, for the contexts that ask people to act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ExportRequested:
    """Somebody asked for an export of a personal list; ``releaser_id`` is the nearest releaser."""

    export_id: int
    screen: str
    rows: int
    requester: str
    unit_id: int
    releaser_id: int | None
    at: datetime


@dataclass(frozen=True)
class ExportDecided:
    """A second person released or refused an export."""

    export_id: int
    by: Any
    at: datetime


@dataclass(frozen=True)
class ExportReleased:
    """An export was released; announced inside the transaction that releases it.

    So its building is wanted exactly if the release holds.
    """

    export_id: int


@dataclass(frozen=True)
class ExportBuilt:
    """The file of an export is ready for the person who asked for it, until it expires."""

    export_id: int
    screen: str
    requester_id: int
    unit_id: int
    expires_at: datetime
    at: datetime


@dataclass(frozen=True)
class ExportTaken:
    """The person who asked for an export has downloaded it."""

    export_id: int
    by: Any
    at: datetime


@dataclass(frozen=True)
class ExportEnded:
    """Nobody has to do anything about an export any more: it expired or was withdrawn."""

    export_id: int
    at: datetime


@dataclass(frozen=True)
class ExportLost:
    """No file will come of what somebody asked for: ``state`` says why."""

    export_id: int
    screen: str
    state: str
    requester_id: int
    unit_id: int
    at: datetime
