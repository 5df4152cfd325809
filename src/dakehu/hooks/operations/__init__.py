"""Telling other systems what happened; the front door."""

from dakehu.hooks.operations.keeping import (
    change_subscription,
    create_subscription,
    end_subscription,
    pause_subscription,
    release_subscription,
    renew_secret,
    resume_subscription,
)
from dakehu.hooks.operations.publishing import publish
from dakehu.hooks.operations.replaying import replay_event, replay_period, send_test
from dakehu.hooks.operations.sending import deliver_due, forget_old, give_up_old, take_up_lost
from dakehu.hooks.operations.spreading import spread

__all__ = [
    "change_subscription",
    "create_subscription",
    "deliver_due",
    "end_subscription",
    "forget_old",
    "give_up_old",
    "pause_subscription",
    "publish",
    "release_subscription",
    "renew_secret",
    "replay_event",
    "replay_period",
    "resume_subscription",
    "send_test",
    "spread",
    "take_up_lost",
]
