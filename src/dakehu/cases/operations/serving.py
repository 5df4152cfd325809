"""Work orders on the way: accepted, arrived, recorded on the same day, signed (R8, R9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import (
    ACT_SERVICES,
    ORDER,
    VISITING,
    OrderMove,
    OrderPurpose,
    OrderResult,
    SignedBy,
)
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import WorkOrder
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import ask_engineer
from dakehu.cases.operations.keeping import keep
from dakehu.cases.operations.ordering import held_order, keep_order, require_reason, stepped
from dakehu.cases.policies import SERVE, may_serve
from dakehu.clocks.choices import ClockKind
from dakehu.files.errors import UnableToAttach
from dakehu.files.operations.attachments import Upload, attach_file, fit_kind
from dakehu.obligations.operations import record_act
from dakehu.worklist.operations import drop_todo, finish_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SIGNATURE_MB = 5
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Signed:
    """By whom an order was signed, how, and the picture of it."""

    name: str
    how: str
    picture: "Upload | None"


def on_the_way(
    order: WorkOrder, move: OrderMove, *, version: int | None, by: "Staff"
) -> tuple[WorkOrder, Any]:
    """Return an order under lock with its next state, if ``by`` may say how far it is.

    :raises PermissionDenied: if it is somebody else's.
    """
    stored, state = held_order(order, move, version=version)
    if not may_serve(by, stored):
        raise PermissionDenied(SERVE)
    return stored, state


@transaction.atomic
def accept_order(*, order: WorkOrder, version: int | None, by: "Staff", at: datetime) -> WorkOrder:
    """
    Accept an order.

    :raises PermissionDenied: if it is somebody else's.
    :raises UnableToKeepCase: if it is not waiting for that.
    """
    return moved(order, OrderMove.ACCEPT, version=version, by=by, at=at)


@transaction.atomic
def set_out(*, order: WorkOrder, version: int | None, by: "Staff", at: datetime) -> WorkOrder:
    """
    Set out for the place of an order.

    :raises PermissionDenied: if it is somebody else's.
    :raises UnableToKeepCase: if it was not accepted.
    """
    return moved(order, OrderMove.SET_OUT, version=version, by=by, at=at)


def moved(
    order: WorkOrder, move: OrderMove, *, version: int | None, by: "Staff", at: datetime
) -> WorkOrder:
    """Make a move of an order that needs no words."""
    stored, state = on_the_way(order, move, version=version, by=by)
    keep_order(stored, state, by=by, at=at)
    stepped(stored, move, by=by, at=at)
    return stored


@transaction.atomic
def arrive(*, order: WorkOrder, version: int | None, by: "Staff", at: datetime) -> WorkOrder:
    """
    Arrive at the customer's; that answers the first response, and the record is due today (R8).

    :raises PermissionDenied: if it is somebody else's.
    :raises UnableToKeepCase: if it was not accepted.
    """
    stored, state = on_the_way(order, OrderMove.ARRIVE, version=version, by=by)
    keep_order(stored, state, by=by, at=at, arrived_at=at)
    stepped(stored, OrderMove.ARRIVE, by=by, at=at, text=stored.place, is_internal=False)
    ask_engineer(stored, at=at)
    answer_clocks(stored, (), by=by, at=at)
    return stored


def answer_clocks(
    order: WorkOrder, kinds: tuple[ClockKind, ...], *, by: "Staff", at: datetime
) -> None:
    """Stop the clocks of an order's case that somebody in front of the customer answers."""
    case = order.case
    if case is None or not case.is_open:
        return
    if case.answered_at is None:
        keep(case, case.state, by=by, at=at, answered_at=at)
    promising.answer(case, tuple(kind.value for kind in kinds), by=by, at=at)


@transaction.atomic
def record_service(
    *,
    order: WorkOrder,
    version: int | None,
    text: str,
    result: str,
    by: "Staff",
    at: datetime,
) -> WorkOrder:
    """
    Write what was done on site; on the day of the work (R8), later it is shown as late.

    :raises PermissionDenied: if it is somebody else's.
    :raises UnableToKeepCase: without words, or before arriving.
    """
    stored, state = on_the_way(order, OrderMove.RECORD, version=version, by=by)
    if not text.strip():
        raise UnableToKeepCase(_("Write what was done."), "text")
    keep_order(
        stored,
        state,
        by=by,
        at=at,
        record=text.strip(),
        result=OrderResult(result),
        recorded_at=stored.recorded_at or at,
    )
    stepped(stored, OrderMove.RECORD, by=by, at=at, text=text)
    ask_engineer(stored, at=at)
    return stored


@transaction.atomic
def sign_order(
    *, order: WorkOrder, version: int | None, signed: Signed, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Keep the customer's signature: drawn on the screen, or the picture of a signed sheet (R9).

    A signed order answers the clocks of its case, and counts for what is owed to the customer.

    :raises PermissionDenied: if it is somebody else's, or ``by`` may not attach files.
    :raises UnableToKeepCase: without a name or a picture, or if the picture is too large or none.
    """
    stored, state = on_the_way(order, OrderMove.SIGN, version=version, by=by)
    if not signed.name.strip():
        raise UnableToKeepCase(_("Write who signed."), "name")
    picture = fit_picture(signed.picture)
    try:
        kept = attach_file(
            record=stored, upload=picture, by=by, at=at, note=_("Signature of the customer")
        )
    except UnableToAttach as refusal:
        raise UnableToKeepCase(str(refusal), "picture") from refusal
    keep_order(
        stored,
        state,
        by=by,
        at=at,
        signed_at=at,
        signer=signed.name.strip(),
        signed_how=SignedBy(signed.how),
        signature=kept,
    )
    name = signed.name.strip()
    stepped(stored, OrderMove.SIGN, by=by, at=at, text=name, is_internal=False)
    finish_todo(source=ORDER, source_id=stored.pk, by=by, at=at)
    solved = (ClockKind.RESOLVE,) if stored.result == OrderResult.SOLVED else ()
    answer_clocks(stored, (ClockKind.INITIAL_ANSWER, *solved), by=by, at=at)
    count_act(stored, by=by, at=at)
    return stored


def fit_picture(picture: "Upload | None") -> Upload:
    """
    Return the picture of a signature, if it is one and not too large.

    :raises UnableToKeepCase: otherwise, saying what to do.
    """
    if picture is None:
        raise UnableToKeepCase(
            _("Let the customer sign, or photograph the signed sheet."), "picture"
        )
    size = picture.size or 0
    if size > SIGNATURE_MB * MEGABYTE:
        words = _(
            "The picture has %(size)s MB; a signature may have %(most)s MB at most. "
            "Photograph the sheet with a lower resolution."
        )
        facts = {"size": -(-size // MEGABYTE), "most": SIGNATURE_MB}
        raise UnableToKeepCase(words % facts, "picture")
    try:
        kind = fit_kind(picture, picture.name or "")
    except UnableToAttach as refusal:
        raise UnableToKeepCase(str(refusal), "picture") from refusal
    if not kind.content_type.startswith("image/"):
        raise UnableToKeepCase(_("A signature is a picture: PNG or JPEG."), "picture")
    return picture


def count_act(order: WorkOrder, *, by: "Staff", at: datetime) -> None:
    """Let a signed order count for what is owed to its customer again and again (R9)."""
    if order.customer is None or order.arrived_at is None:
        return
    if order.purpose == OrderPurpose.CASE:
        service = ACT_SERVICES.get(order.case.kind) if order.case else None
    else:
        service = VISITING
    if service is None:
        return
    record_act(
        customer=order.customer,
        service_code=service,
        happened_at=order.arrived_at,
        evidence="cases.workorder",
        evidence_id=order.pk,
        note=order.record[:200],
        by=by,
        at=at,
    )


@transaction.atomic
def return_order(
    *, order: WorkOrder, version: int | None, reason: str, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Give an order back to the desk with the reason; it waits for another engineer.

    :raises PermissionDenied: if it is somebody else's.
    :raises UnableToKeepCase: without a reason, or if the work is done.
    """
    stored, state = on_the_way(order, OrderMove.RETURN, version=version, by=by)
    require_reason(reason)
    keep_order(stored, state, by=by, at=at, reason=reason, engineer=None, arrived_at=None)
    stepped(stored, OrderMove.RETURN, by=by, at=at, text=reason)
    drop_todo(source=ORDER, source_id=stored.pk, by=by, at=at)
    return stored
