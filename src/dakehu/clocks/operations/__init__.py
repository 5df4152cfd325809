"""Setting calendars; starting, pausing, stopping and correcting the clocks that run by them."""

from dakehu.clocks.operations.announcing import propose_year, publish_year, withdraw_year
from dakehu.clocks.operations.calendars import (
    clear_day,
    propose_hours,
    publish_hours,
    set_day,
    withdraw_hours,
)
from dakehu.clocks.operations.correcting import (
    add_pause,
    correct_pause,
    move_start,
    rebase_clocks,
    remove_pause,
)
from dakehu.clocks.operations.recounting import recount_all
from dakehu.clocks.operations.running import (
    drop_clocks,
    hand_over_clocks,
    pause_clocks,
    resume_clocks,
    start_clock,
    start_clocks,
    stop_clock,
)
from dakehu.clocks.operations.sweeping import sweep

__all__ = [
    "add_pause",
    "clear_day",
    "correct_pause",
    "drop_clocks",
    "hand_over_clocks",
    "move_start",
    "pause_clocks",
    "propose_hours",
    "propose_year",
    "publish_hours",
    "publish_year",
    "rebase_clocks",
    "recount_all",
    "remove_pause",
    "resume_clocks",
    "set_day",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "sweep",
    "withdraw_hours",
    "withdraw_year",
]
