"""
Changing who owns which customer (M3, M7).

A change begins as a draft, which pins the customers and with whom they were; deciding it carries
it out, or lets it wait for its day. Whatever moved meanwhile is left out and told, so of two
changes of the same customer one wins whole.
"""

from dakehu.ownership.operations.carrying import carry_out
from dakehu.ownership.operations.claiming import claim_customers
from dakehu.ownership.operations.confirming import confirm_receipt
from dakehu.ownership.operations.deciding import (
    cancel_move,
    decide_move,
    discard_move,
    give_up_move,
    permission_for,
    require_may_move,
)
from dakehu.ownership.operations.drafting import (
    draft_assignment,
    draft_cover,
    draft_proposals,
    draft_recall,
    draft_swap,
)
from dakehu.ownership.operations.nights import (
    carry_out_due,
    drop_stale_drafts,
    tell_unfollowed,
)
from dakehu.ownership.operations.numbers import (
    approve_numbers,
    propose_numbers,
    withdraw_numbers,
)
from dakehu.ownership.operations.undoing import undo_move

__all__ = [
    "approve_numbers",
    "cancel_move",
    "carry_out",
    "carry_out_due",
    "claim_customers",
    "confirm_receipt",
    "decide_move",
    "discard_move",
    "draft_assignment",
    "draft_cover",
    "draft_proposals",
    "draft_recall",
    "draft_swap",
    "drop_stale_drafts",
    "give_up_move",
    "permission_for",
    "propose_numbers",
    "require_may_move",
    "tell_unfollowed",
    "undo_move",
    "withdraw_numbers",
]
