"""Messages to customers: kept before they leave, sent by what is set up (G5)."""

from dakehu.outbox.operations.approaching import drop_limit, keep_limit, note_approach
from dakehu.outbox.operations.knocking import count_knock
from dakehu.outbox.operations.refusing import lift_refusal, note_refusal
from dakehu.outbox.operations.sending import send_due, take_up_lost
from dakehu.outbox.operations.writing import (
    send_message,
    try_again,
    withdraw_message,
    word_of_refusal,
)

__all__ = [
    "count_knock",
    "drop_limit",
    "keep_limit",
    "lift_refusal",
    "note_approach",
    "note_refusal",
    "send_due",
    "send_message",
    "take_up_lost",
    "try_again",
    "withdraw_message",
    "word_of_refusal",
]
