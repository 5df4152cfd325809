"""Values of the people app."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NewStaff:
    """Who is to be added: log-in name, name, role code, and the manager number if there is one."""

    username: str
    name: str
    role: str
    staff_no: str | None = None


@dataclass(frozen=True)
class Role:
    """One role: its code, names, what it is for, its reach and its permissions (M5).

    ``name`` and ``description`` are text, or text that is translated when shown.
    """

    code: str
    name: Any
    description: Any
    scope: str
    permissions: frozenset[str]
