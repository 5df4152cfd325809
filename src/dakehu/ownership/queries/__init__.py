"""Who owns whom, who should, and how that changed, for those who may know (M3, M6, M7)."""

from dakehu.ownership.queries.candidates import (
    Refusal,
    absence_of,
    owners_within,
    refusal_for,
)
from dakehu.ownership.queries.history import Tenure, moves_of_person, tenures_of
from dakehu.ownership.queries.loads import Load, loads_of
from dakehu.ownership.queries.moves import (
    Breakdown,
    breakdown_of,
    get_move,
    lines_of,
    lines_visible_to,
    moves_visible_to,
    pending_moves_of,
    unfollowed_moves,
)
from dakehu.ownership.queries.numbers import (
    numbers_from,
    numbers_in_force,
    numbers_to_json,
    rule_in_force,
    rules_known,
    state_of,
)
from dakehu.ownership.queries.pool import claims_of, pool_visible_to
from dakehu.ownership.queries.proposing import (
    PROPOSED_AT_ONCE,
    Homes,
    differing,
    homes_for,
    proposed,
)
from dakehu.ownership.queries.receipts import (
    digests_of,
    get_receipt,
    leftover_of,
    receipt_lines,
    receipts_of,
    receipts_undone_by,
)

__all__ = [
    "PROPOSED_AT_ONCE",
    "Breakdown",
    "Homes",
    "Load",
    "Refusal",
    "Tenure",
    "absence_of",
    "breakdown_of",
    "claims_of",
    "differing",
    "digests_of",
    "get_move",
    "get_receipt",
    "homes_for",
    "leftover_of",
    "lines_of",
    "lines_visible_to",
    "loads_of",
    "moves_of_person",
    "moves_visible_to",
    "numbers_from",
    "numbers_in_force",
    "numbers_to_json",
    "owners_within",
    "pending_moves_of",
    "pool_visible_to",
    "proposed",
    "receipt_lines",
    "receipts_of",
    "receipts_undone_by",
    "refusal_for",
    "rule_in_force",
    "rules_known",
    "state_of",
    "tenures_of",
    "unfollowed_moves",
]
