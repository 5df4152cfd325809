"""Rings for the person at whose page they ring, and for the process that holds streams (W14)."""

from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.live.models import Ring
from dakehu.live.rules import since
from dakehu.people.policies import may
from dakehu.worklist.queries import todos_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def fresh_rings(actor: "Staff", *, at: datetime) -> list[Ring]:
    """
    Return what rings for the actor at an instant, the newest first.

    Only to-dos that are still open and within the actor's reach: what was done, or given to
    somebody else, rings no more.
    """
    if not may(actor, "worklist.view"):
        return []
    mine = Ring.objects.filter(staff=actor, at__gt=since(at))
    rings = list(mine.select_related("todo__customer").order_by("-at", "-pk"))
    if not rings:
        return []
    asked = [each.todo_id for each in rings]
    open_ones = set(
        todos_visible_to(actor).open().filter(pk__in=asked).values_list("pk", flat=True)
    )
    return [each for each in rings if each.todo_id in open_ones]


def rung_since(at: datetime) -> list[tuple[int, int]]:
    """Return number and person of all that rang after an instant, for nobody in particular."""
    return list(Ring.objects.filter(at__gt=at).order_by("pk").values_list("pk", "staff_id"))
