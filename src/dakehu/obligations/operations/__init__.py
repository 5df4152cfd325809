"""What changes obligations: the night, acts by their evidence, waivers, provisions, trials."""

from dakehu.obligations.operations.acting import record_act, waive, withdraw_act
from dakehu.obligations.operations.launching import enter_launch, mark_launch
from dakehu.obligations.operations.planning import move_day
from dakehu.obligations.operations.providing import (
    ask_about_ended_trials,
    close_trial,
    end_provision,
    provide,
    start_trial,
)
from dakehu.obligations.operations.refreshing import refresh

__all__ = [
    "ask_about_ended_trials",
    "close_trial",
    "end_provision",
    "enter_launch",
    "mark_launch",
    "move_day",
    "provide",
    "record_act",
    "refresh",
    "start_trial",
    "waive",
    "withdraw_act",
]
