"""What changes opportunities: taking in, offering, claiming, returning, assigning, the sweep."""

from dakehu.opportunities.operations.answering import (
    add_note,
    claim,
    complete_elements,
    give_back,
    give_up,
)
from dakehu.opportunities.operations.assigning import assign, set_companions, take_back
from dakehu.opportunities.operations.following import follow_moved_clocks, follow_todos
from dakehu.opportunities.operations.selling import Signed, move_stage, win
from dakehu.opportunities.operations.sweeping import sweep
from dakehu.opportunities.operations.taking import Taken, take_in

__all__ = [
    "Signed",
    "Taken",
    "add_note",
    "assign",
    "claim",
    "complete_elements",
    "follow_moved_clocks",
    "follow_todos",
    "give_back",
    "give_up",
    "move_stage",
    "set_companions",
    "sweep",
    "take_back",
    "take_in",
    "win",
]
