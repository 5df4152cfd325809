"""What happened in the to-do centre, for the contexts that asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TodosHandedOver:
    """To-dos of one source passed to another person; the source may let its owner follow."""

    source: str
    source_ids: tuple[int, ...]
    owner_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True)
class TodosLookedAt:
    """Somebody is about to see what is asked of them; a source may bring it up to date before."""

    at: datetime
