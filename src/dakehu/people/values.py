"""Values of the people app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewStaff:
    """Who is to be added: log-in name, name, role code, and the manager number if there is one."""

    username: str
    name: str
    role: str
    staff_no: str | None = None
