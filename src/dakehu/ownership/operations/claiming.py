"""Taking customers from the pool, within limits (M3)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.ownership import rules
from dakehu.ownership.choices import LineState, MoveKind, MoveState
from dakehu.ownership.errors import UnableToClaim
from dakehu.ownership.models import Move, MoveLine
from dakehu.ownership.operations.carrying import carry_out
from dakehu.ownership.policies import CLAIMING
from dakehu.ownership.queries import absence_of, claims_of, numbers_in_force, pool_visible_to
from dakehu.ownership.values import Claimed
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def claim_customers(*, numbers: Iterable[int], by: "Staff", at: datetime) -> Claimed:
    """
    Take customers from the pool of one's unit.

    Of two people who claim the same customer one gets it; the other is told whom they lost.

    :raises PermissionDenied: if ``by`` may not claim customers.
    :raises UnableToClaim: if ``by`` is on leave, asks for more than the limits leave, or everybody
        asked for has an owner by now.
    """
    require(by, CLAIMING)
    on = localdate(at)
    # Held, so that one person's two claims at once are counted one after the other.
    by._meta.model._default_manager.select_for_update().get(pk=by.pk)
    if absence_of(by, on=on) is not None:
        raise UnableToClaim(_("You are on leave. Claim customers when you are back."))
    wanted = sorted(set(numbers))
    free = list(
        pool_visible_to(by).filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    )
    if not free:
        raise UnableToClaim(_("Somebody else was quicker: none of these is in the pool any more."))
    require_room(len(free), by=by, at=at)
    move = carried(free, by=by, at=at)
    missed = set(wanted) - set(free) | set(
        move.lines.filter(state=LineState.SKIPPED).values_list("customer_id", flat=True)
    )
    return Claimed(taken=move.customers, lost=names_of(missed, by=by))


def require_room(count: int, *, by: "Staff", at: datetime) -> None:
    """Pass in silence if a person may take so many more customers.

    :raises UnableToClaim: otherwise, with how many they may still take.
    """
    on = localdate(at)
    numbers = numbers_in_force(on=on)
    claims = claims_of(by, on=on)
    left = rules.claimable(claims, numbers)
    if count <= left:
        return
    limits = {"left": left, "day": numbers.claims_day, "total": numbers.claims_total}
    words = ngettext(
        "You may take %(left)s more customer now: %(day)s a day, %(total)s in all.",
        "You may take %(left)s more customers now: %(day)s a day, %(total)s in all.",
        left,
    )
    raise UnableToClaim(words % limits)


def carried(free: list[int], *, by: "Staff", at: datetime) -> Move:
    """Store a claim and carry it out."""
    move: Move = Move.objects.create(
        kind=MoveKind.CLAIM,
        state=MoveState.PLANNED,
        effective_on=localdate(at),
        reason=_("Claimed from the pool"),
        to_staff=by,
        customers=len(free),
        by=by,
        at=at,
    )
    MoveLine.objects.bulk_create(
        MoveLine(move=move, customer_id=pk, from_staff=None, to_staff=by) for pk in free
    )
    return carry_out(move_id=move.pk, at=at, is_night=False)


def names_of(missed: Iterable[int], *, by: "Staff") -> tuple[str, ...]:
    """Return the names of customers that somebody else took, as far as they are of one's unit."""
    customers = pool_visible_to(by).model.objects.in_unit(by.unit)
    found = customers.filter(pk__in=list(missed)).order_by("pk")
    return tuple(str(customer) for customer in found)
