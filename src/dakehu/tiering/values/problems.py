"""What is wrong with rules or a pack: where, which fault, and what the words of it need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One fault at a place of a document; ``facts`` are what the words of its code name."""

    path: Path
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
