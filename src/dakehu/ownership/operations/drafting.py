"""
Drafts: a change as its maker sees it before deciding, pinned customer by customer (M3).

Customers come from a query for whoever acts, so they are within reach. What is with the successor
already is not part of a draft.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.ownership.choices import MoveKind, MoveState
from dakehu.ownership.errors import UnableToMove
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.queries import refusal_for
from dakehu.ownership.values import Passage, Terms
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.customers.querysets import CustomerQuerySet
    from dakehu.people.models import Staff

BATCH = 1_000
# For so long a preview may stand open in another window.
STILL_OPEN = timedelta(hours=1)


@transaction.atomic
def draft_assignment(
    *, customers: "CustomerQuerySet", to: "Staff", terms: Terms, by: "Staff", at: datetime
) -> Move:
    """
    Draft that all of ``customers`` go to one person.

    :raises PermissionDenied: if ``by`` may not move customers.
    :raises UnableToMove: if the person cannot take customers, the day is over, or none is left.
    """
    require(by, "ownership.move")
    require_successor(to, by=by, on=terms.effective_on)
    found = customers.exclude(manager=to)
    move = Move(kind=MoveKind.ASSIGN, to_staff=to)
    return drafted(move, passages(found, to_id=to.pk), terms=terms, by=by, at=at)


@transaction.atomic
def draft_recall(
    *, customers: "CustomerQuerySet", terms: Terms, by: "Staff", at: datetime
) -> Move:
    """
    Draft that all of ``customers`` go into the pools of their units.

    :raises PermissionDenied: if ``by`` may not recall customers.
    :raises UnableToMove: if the day is over, or nobody looks after any of them.
    """
    require(by, "ownership.recall")
    found = customers.filter(manager__isnull=False)
    move = Move(kind=MoveKind.RECALL)
    return drafted(move, passages(found, to_id=None), terms=terms, by=by, at=at)


@transaction.atomic
def draft_swap(
    *,
    customers: "CustomerQuerySet",
    pair: tuple["Staff", "Staff"],
    terms: Terms,
    by: "Staff",
    at: datetime,
) -> Move:
    """
    Draft that two people exchange their customers, as far as these are among ``customers``.

    :raises PermissionDenied: if ``by`` may not move customers.
    :raises UnableToMove: if either cannot take customers, they are the same, or have none.
    """
    require(by, "ownership.move")
    one, other = pair
    if one.pk == other.pk:
        raise UnableToMove(_("Choose two different people."))
    for person in pair:
        require_successor(person, by=by, on=terms.effective_on)
    crossing = [
        *passages(customers.filter(manager=one), to_id=other.pk),
        *passages(customers.filter(manager=other), to_id=one.pk),
    ]
    move = Move(kind=MoveKind.SWAP, from_staff=one, to_staff=other)
    return drafted(move, crossing, terms=terms, by=by, at=at)


@transaction.atomic
def draft_cover(
    *,
    customers: "CustomerQuerySet",
    absent: "Staff",
    deputy: "Staff",
    terms: Terms,
    by: "Staff",
    at: datetime,
) -> Move:
    """
    Draft that a deputy looks after somebody's customers until ``terms.ends_on``.

    :raises PermissionDenied: if ``by`` may not move customers.
    :raises UnableToMove: if the deputy cannot take customers, the period is none, or there are no
        customers to look after.
    """
    require(by, "ownership.move")
    if terms.ends_on is None or terms.ends_on <= terms.effective_on:
        raise UnableToMove(_("The cover must end after it begins."))
    if absent.pk == deputy.pk:
        raise UnableToMove(_("Choose two different people."))
    require_successor(deputy, by=by, on=terms.effective_on)
    move = Move(kind=MoveKind.COVER, from_staff=absent, to_staff=deputy)
    theirs = passages(customers.filter(manager=absent), to_id=deputy.pk)
    return drafted(move, theirs, terms=terms, by=by, at=at)


@transaction.atomic
def draft_proposals(
    *,
    customers: "CustomerQuerySet",
    owners: Mapping[int, "Staff"],
    terms: Terms,
    by: "Staff",
    at: datetime,
) -> Move:
    """
    Draft that customers whom nobody looks after go to the ``owners`` given by customer number.

    :raises PermissionDenied: if ``by`` may not move customers.
    :raises UnableToMove: if one of the owners cannot take customers, or no customer is left.
    """
    require(by, "ownership.move")
    for person in {owner.pk: owner for owner in owners.values()}.values():
        require_successor(person, by=by, on=terms.effective_on)
    found = customers.filter(pk__in=list(owners)).values_list("pk", flat=True)
    homes = [Passage(pk, None, owners[pk].pk) for pk in found.order_by("pk")]
    return drafted(Move(kind=MoveKind.ASSIGN), homes, terms=terms, by=by, at=at)


def require_successor(person: "Staff", *, by: "Staff", on: date) -> None:
    """Pass in silence if ``by`` can give customers to a person on a day.

    :raises UnableToMove: otherwise, in words, with who stands in for somebody on leave.
    """
    refusal = refusal_for(person, by=by, on=on)
    if refusal is not None:
        deputy = refusal.deputy.pk if refusal.deputy else None
        raise UnableToMove(refusal.words, deputy_id=deputy)


def passages(customers: "CustomerQuerySet", *, to_id: int | None) -> list[Passage]:
    """Return how customers pass to one person, in the order of their numbers."""
    rows = customers.order_by("pk").values_list("pk", "manager_id")
    return [Passage(pk, manager, to_id) for pk, manager in rows]


def drafted(
    move: Move, crossing: Iterable[Passage], *, terms: Terms, by: "Staff", at: datetime
) -> Move:
    """
    Store a draft with its customers; the maker's drafts of the same kind from hours ago go.

    :raises UnableToMove: if it would move nobody, or its day is over.
    """
    if terms.effective_on < localdate(at):
        raise UnableToMove(_("Name today or a later day."))
    lines = list(crossing)
    if not lines:
        raise UnableToMove(_("There is no customer among these whom this would move."))
    earlier = Move.objects.filter(state=MoveState.DRAFT, by=by, kind=move.kind)
    earlier.filter(at__lt=at - STILL_OPEN).delete()
    move.state, move.by, move.at = MoveState.DRAFT, by, at
    move.effective_on, move.ends_on = terms.effective_on, terms.ends_on
    move.reason, move.chosen = terms.reason, terms.chosen[:300]
    if len(givers := {line.from_id for line in lines}) == 1 and move.from_staff_id is None:
        move.from_staff_id = givers.pop()
    move.customers = len(lines)
    move.save(force_insert=True)
    MoveLine.objects.bulk_create(
        (
            MoveLine(
                move=move,
                customer_id=line.customer_id,
                from_staff_id=line.from_id,
                to_staff_id=line.to_id,
            )
            for line in lines
        ),
        batch_size=BATCH,
    )
    return move
