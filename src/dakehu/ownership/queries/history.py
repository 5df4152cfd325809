"""Who owned a customer when, whoever changed it, and what a person gained and lost (M3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dakehu.customers.queries import get_customer, owner_changes
from dakehu.ownership.choices import MoveKind, MoveState
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.queries.moves import moves_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 30


@dataclass(frozen=True)
class Tenure:
    """One change of owner: when, from whom to whom, what it was, by whom and why.

    ``is_file`` where the city's file named somebody else. ``move_id`` is None where no move stands
    behind it.
    """

    at: datetime
    before: str
    after: str
    what: str
    by: str
    reason: str
    is_file: bool
    move_id: int | None


def tenures_of(actor: "Staff", customer_id: int) -> list[Tenure]:
    """
    Return how a customer's owner changed, the newest first.

    :raises Http404: if the actor may not see the customer.
    """
    customer = get_customer(actor, customer_id)
    moves = _moves_by_instant(customer_id)
    return [_tenure(change, moves.get(change.at)) for change in owner_changes(customer)[:SHOWN]]


def _moves_by_instant(customer_id: int) -> dict[datetime, Move]:
    """Return the moves that touched a customer by the instant at which they were carried out."""
    lines = MoveLine.objects.filter(customer=customer_id, move__done_at__isnull=False)
    found = lines.select_related("move__by").order_by("-pk")[:SHOWN]
    return {line.move.done_at: line.move for line in found if line.move.done_at}


def _tenure(change: object, move: Move | None) -> Tenure:
    before, after = change.fields["manager"]  # type: ignore[attr-defined]
    actor = change.actor_name or (move.by.name if move else "")  # type: ignore[attr-defined]
    is_file = not actor
    return Tenure(
        at=change.at,  # type: ignore[attr-defined]
        before=before or "",
        after=after or "",
        what=_what(move, is_file=is_file),
        by=actor,
        reason=change.reason,  # type: ignore[attr-defined]
        is_file=is_file,
        move_id=move.pk if move else None,
    )


def _what(move: Move | None, *, is_file: bool) -> str:
    if is_file:
        return _("City's file")
    return str(MoveKind(move.kind).label) if move else _("Edited")


def moves_of_person(actor: "Staff", person: "Staff") -> QuerySet[Move]:
    """Return the moves that brought customers to a person or took some, the newest first."""
    parts = Q(to_staff=person) | Q(from_staff=person) | Q(receipts__staff=person)
    decided = moves_visible_to(actor).exclude(state=MoveState.DRAFT)
    found = decided.filter(parts).distinct()
    return found.order_by("-pk")
