"""Who is asked for an address, who reaches its object, and how it must answer (promise 3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MANAGERS = frozenset({"manager", "colleague", "stranger", "telephone_manager"})
OWN = MANAGERS | {"partner", "chief_representative"}
SERVANTS = frozenset({"hotline_agent", "hall_clerk", "engineer"})
LEADERS = frozenset({"dispatcher", "supervisor"})
ANALYSTS = frozenset({"province_analyst", "headquarters_analyst"})
ABOVE = frozenset({"operations_center", "administrator"})
ALL = OWN | SERVANTS | LEADERS | ANALYSTS | ABOVE

# Who reaches the manager's customer and alert, in the first district of city 01.
NEAR_MANAGER = ALL - OWN | {"manager"}
# Who reaches staff of that district, and rows of its city.
NEAR_UNIT = ALL - {"stranger"}
NOBODY: frozenset[str] = frozenset()
# Who releases what the manager asks for.
RELEASERS = frozenset({"supervisor"}) | ABOVE

# Who sees and withdraws what the supervisor shares.
SHARING = RELEASERS
# Who sees what the supervisor imports, and who imported it.
IMPORTERS = RELEASERS
WHO_IMPORTED = frozenset({"supervisor"})

NOT_ALLOWED = 405


@dataclass(frozen=True)
class Address:
    """What an address asks for, who can reach its object, and how it answers those who may.

    ``get`` and ``posted`` are statuses; ``get`` None or ``post`` None means that the address does
    not take such requests. ``post`` is what is sent.
    """

    permission: str = ""
    reached: frozenset[str] = ALL
    get: int | None = 200
    post: dict[str, Any] | None = None
    posted: int = 302
    arguments: Callable[[Any], list[Any]] = field(default=lambda things: [])

    def expected(self, *, may: bool, part: str, method: str) -> int:
        """Return the status for a person, who holds the permission or not."""
        answer = self.get if method == "GET" else None if self.post is None else self.posted
        if answer is None:
            return NOT_ALLOWED
        if not may:
            return 403
        return answer if part in self.reached else 404
