"""Who may do what about levels, and who decides what a colleague asked for."""

from typing import TYPE_CHECKING

from dakehu.people.policies import reach
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

VIEW = "tiers.view"
RULES = "tiers.rules"
ASSESS = "tiers.assess"
GRANT = "tiers.grant"
APPROVE = "tiers.approve"
FREEZE = "tiers.freeze"


def decider_for(asker: "Staff", permission: str) -> int | None:
    """Return who decides what a person asks for: of those who may, the nearest unit upward."""
    path = asker.unit.path or ""
    nearest: tuple[int, int] | None = None
    for other in staff_who_may(permission).exclude(pk=asker.pk):
        if type(other).objects.filter(reach(other, unit="unit", owner="pk"), pk=asker.pk).exists():
            depth = len(other.unit.path or "") if path.startswith(other.unit.path or "") else 0
            nearest = max(nearest or (-1, 0), (depth, -other.pk))
    return -nearest[1] if nearest else None
