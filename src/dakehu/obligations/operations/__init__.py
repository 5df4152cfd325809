"""What changes obligations: the night, acts by their evidence, waivers, provisions, trials."""

from dakehu.obligations.operations.acting import record_act, waive, withdraw_act
from dakehu.obligations.operations.launching import enter_launch, mark_launch
from dakehu.obligations.operations.planning import move_day
from dakehu.obligations.operations.providing import (
    ask_about_ended_trials,
    ask_about_joint_business,
    close_trial,
    end_provision,
    provide,
    start_trial,
)
from dakehu.obligations.operations.refreshing import refresh
from dakehu.obligations.operations.rewarding import decide_reward, hand_reward, propose_reward

__all__ = [
    "ask_about_ended_trials",
    "ask_about_joint_business",
    "close_trial",
    "decide_reward",
    "end_provision",
    "enter_launch",
    "hand_reward",
    "mark_launch",
    "move_day",
    "propose_reward",
    "provide",
    "record_act",
    "refresh",
    "start_trial",
    "waive",
    "withdraw_act",
]
