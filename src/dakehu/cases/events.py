"""What happened to cases, for the contexts that asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CaseOpened:
    """A case was opened, by a person or by another system."""

    case_id: int
    kind: str
    customer_id: int | None
    unit_id: int
    at: datetime


@dataclass(frozen=True)
class CaseClosed:
    """A case was closed; ``result`` says what came of it."""

    case_id: int
    kind: str
    customer_id: int | None
    result: str
    by_id: int
    at: datetime
