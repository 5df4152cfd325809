"""Who may do what with opportunities."""

from typing import TYPE_CHECKING, Any

from dakehu.channels.choices import Class
from dakehu.opportunities.choices import OWNED, State
from dakehu.people.choices import PARTNER
from dakehu.people.policies import may, role_of

if TYPE_CHECKING:
    from dakehu.opportunities.models import Opportunity
    from dakehu.people.models import Staff

VIEW = "opportunities.view"
CREATE = "opportunities.create"
HANDLE = "opportunities.handle"
ASSIGN = "opportunities.assign"
EXPORT = "opportunities.export"
APPROVE = "opportunities.approve"
THEIRS = (*OWNED, State.WON)
OWN_CHANNEL = frozenset({Class.A, Class.B})


def is_partner(actor: "Staff") -> bool:
    """Tell whether somebody works for a partner company."""
    return role_of(actor).kind == PARTNER


def has_it(actor: "Staff", opportunity: "Opportunity") -> bool:
    """Tell whether somebody took responsibility for an opportunity, or hands them out."""
    is_owner = opportunity.receiver_id == actor.pk and opportunity.state in THEIRS
    return (is_owner and may(actor, HANDLE)) or may(actor, ASSIGN)


def may_read_papers(actor: "Staff", opportunity: "Opportunity") -> bool:
    """
    Tell whether somebody may read solutions, contracts and talks.

    The key steps stay with whoever answers for them (CH15): partners read those of their own.
    """
    return not is_partner(actor) or opportunity.receiver_id == actor.pk


def may_release(actor: "Staff", paper: Any) -> bool:
    """Tell whether somebody may release a paper: a second person (four eyes)."""
    return may(actor, APPROVE) and actor.pk not in {paper.proposed_by_id, paper.written_by_id}


def may_edit(actor: "Staff", opportunity: "Opportunity") -> bool:
    """Tell whether somebody may complete the elements: who has it, took it in, or helps."""
    near = {opportunity.receiver_id, opportunity.captured_by_id, opportunity.helper_id}
    return may(actor, ASSIGN) or (may(actor, HANDLE) and actor.pk in near)


def may_see_people(actor: "Staff", opportunity: "Opportunity") -> bool:
    """
    Tell whether somebody may see whom to talk to at the customer.

    Key information of A and B customers stays with the own channels (CH15); a partner sees that
    of others as long as it is theirs to take or to work on.
    """
    if not is_partner(actor):
        return True
    if opportunity.customer_class in OWN_CHANNEL:
        return opportunity.captured_by_id == actor.pk
    return actor.pk in {opportunity.receiver_id, opportunity.helper_id, opportunity.captured_by_id}
