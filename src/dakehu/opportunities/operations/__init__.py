"""What changes opportunities: taking in, offering, claiming, returning, assigning, the sweep."""

from dakehu.opportunities.operations.answering import (
    add_note,
    claim,
    complete_elements,
    give_back,
    give_up,
)
from dakehu.opportunities.operations.assigning import assign, set_companions, take_back
from dakehu.opportunities.operations.batching import hand_over_batch
from dakehu.opportunities.operations.documents import document_of
from dakehu.opportunities.operations.following import follow_moved_clocks, follow_todos
from dakehu.opportunities.operations.meeting import record_meeting
from dakehu.opportunities.operations.ordering import (
    Answerer,
    answer_order,
    check_points,
    hand_over_order,
    send_orders,
)
from dakehu.opportunities.operations.papers import (
    change_paper,
    propose_paper,
    release_paper,
    send_back,
    sign_contract,
    withdraw_paper,
    write_contract,
    write_solution,
)
from dakehu.opportunities.operations.public import Written, take_public
from dakehu.opportunities.operations.renewing import (
    ask_about_contracts,
    let_run_out,
    renew_contract,
)
from dakehu.opportunities.operations.selling import move_stage
from dakehu.opportunities.operations.supporting import follow_support, order_support
from dakehu.opportunities.operations.sweeping import sweep
from dakehu.opportunities.operations.taking import Taken, take_in
from dakehu.opportunities.operations.templates import (
    change_template,
    release_template,
    withdraw_template,
    write_template,
)
from dakehu.opportunities.operations.visiting import record_sale_visit

__all__ = [
    "Answerer",
    "Taken",
    "Written",
    "add_note",
    "answer_order",
    "ask_about_contracts",
    "assign",
    "change_paper",
    "change_template",
    "check_points",
    "claim",
    "complete_elements",
    "document_of",
    "follow_moved_clocks",
    "follow_support",
    "follow_todos",
    "give_back",
    "give_up",
    "hand_over_batch",
    "hand_over_order",
    "let_run_out",
    "move_stage",
    "order_support",
    "propose_paper",
    "record_meeting",
    "record_sale_visit",
    "release_paper",
    "release_template",
    "renew_contract",
    "send_back",
    "send_orders",
    "set_companions",
    "sign_contract",
    "sweep",
    "take_back",
    "take_in",
    "take_public",
    "withdraw_paper",
    "withdraw_template",
    "write_contract",
    "write_solution",
    "write_template",
]
