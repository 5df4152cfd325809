"""
The state of one member of a cohort a second time, in plain steps, sharing no code with the rule
kit.

Tests hold the engine against it; nothing else decides with it.
"""

from collections.abc import Mapping

from dakehu.tiering.rules.tier_reference import verdict
from dakehu.tiering.values import Condition


def reference_state(
    bar: Condition, values: Mapping[str, int | str | None], *, is_away: bool
) -> str:
    """Say what became of a member, from its measures."""
    status = values.get("sub_status")
    if is_away or status is None or status == 4:
        return "LEFT"
    if status in {1, 3}:
        return "SUSPENDED"
    met, _ = verdict(bar, values)
    return "KEPT" if met else "BELOW"
