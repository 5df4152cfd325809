"""What was handed to whom, and who has not confirmed it yet (M3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from dakehu.ownership.choices import LineState
from dakehu.ownership.models import Move, MoveLine, Receipt
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Digest:
    """One person's digest of one move: how many customers came and went, and by whom."""

    receipt_id: int
    staff_id: int
    unit_id: int
    kind: str
    came: int
    gone: int
    by: str
    reason: str


def receipts_of(person: "Staff") -> QuerySet[Receipt]:
    """Return what moves meant for one person, the newest first."""
    found = Receipt.objects.filter(staff=person)
    return found.select_related("move__by", "move__from_staff", "staff").order_by("-pk")


def get_receipt(person: "Staff", pk: int) -> Receipt:
    """
    Return one of a person's own receipts.

    :raises Http404: if they have none with that number.
    """
    found = receipts_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def receipts_on(actor: "Staff", move: Move) -> QuerySet[Receipt]:
    """Return who was asked to look at a move, as far as they are within the actor's reach."""
    within = reach(actor, unit="staff__unit", owner="staff")
    found = Receipt.objects.filter(within, move=move)
    return found.select_related("staff__unit").order_by("received_at", "pk")


def receipt_lines(receipt: Receipt) -> QuerySet[MoveLine]:
    """Return the customers that came to or went from the person of a receipt, those first."""
    parts = Q(to_staff=receipt.staff_id) | Q(from_staff=receipt.staff_id)
    found = MoveLine.objects.filter(parts, move=receipt.move_id, state=LineState.DONE)
    return found.select_related("customer__unit", "from_staff", "to_staff").order_by("pk")


def digests_of(move_id: int) -> Iterator[Digest]:
    """Yield what a move asks its people to look at; for the to-dos, on nobody's behalf."""
    found = Receipt.objects.filter(move=move_id, received_at__isnull=True).order_by("pk")
    for receipt in found.select_related("staff", "move__by"):
        yield Digest(
            receipt_id=receipt.pk,
            staff_id=receipt.staff_id,
            unit_id=receipt.staff.unit_id,
            kind=receipt.move.kind,
            came=receipt.customers,
            gone=receipt.gone,
            by=receipt.move.by.name,
            reason=receipt.move.reason,
        )


def receipts_undone_by(move_id: int) -> list[int]:
    """Return the open receipts of the move that a move undoes: nobody need confirm them now."""
    found = Receipt.objects.filter(move__undone_by_move=move_id, received_at__isnull=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Leftover:
    """What a planned move could not do, for whoever planned it."""

    by_id: int
    unit_id: int
    moved: int
    skipped: int


def leftover_of(move_id: int) -> Leftover | None:
    """Return what a move left behind; nothing if it moved all. For the to-dos."""
    move = Move.objects.select_related("by").get(pk=move_id)
    if not move.skipped:
        return None
    return Leftover(move.by_id, move.by.unit_id, moved=move.customers, skipped=move.skipped)
