"""Cases that have to do with each other: linked, joined, merged, split (CH12)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, restore_record
from dakehu.cases.choices import ActKind, Bond, CaseKind, CaseState, Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseLink
from dakehu.cases.operations import promising
from dakehu.cases.operations.asking import done_asking
from dakehu.cases.operations.keeping import (
    held,
    keep,
    locked,
    refusal_words,
    require_work_on,
    write_act,
)
from dakehu.cases.operations.opening import Taker, opened
from dakehu.cases.operations.settling import refuse_open_orders
from dakehu.cases.policies import CREATE, HANDLE
from dakehu.cases.values import Done, NewCase
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def link_cases(*, case: Case, other: Case, note: str, by: "Staff", at: datetime) -> CaseLink:
    """
    Say that two cases have to do with each other.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if they are one and the same, or linked already.
    """
    require(by, HANDLE)
    if case.pk == other.pk:
        raise UnableToKeepCase(_("A case cannot be linked to itself."), "other")
    first, second = sorted((case, other), key=lambda each: each.pk)
    known: CaseLink | None = CaseLink.objects.filter(case=first, other=second).first()
    if known is not None and known.removed_at is None:
        raise UnableToKeepCase(_("These cases are linked already."), "other")
    if known is not None:
        restore_record(known, by=by, at=at)
    link = known or create_record(CaseLink(case=first, other=second, note=note), by=by, at=at)
    for each, twin in ((case, other), (other, case)):
        linked = Done(ActKind.LINKED, note, facts={"number": twin.number})
        write_act(each, linked, by=by, at=at)
    return link


@transaction.atomic
def unlink_cases(*, link: CaseLink, by: "Staff", at: datetime) -> None:
    """
    Take a link between two cases away.

    :raises PermissionDenied: if the role may not.
    """
    require(by, HANDLE)
    remove_record(link, by=by, at=at)


@transaction.atomic
def join_fault(*, case: Case, parent: Case, by: "Staff", at: datetime) -> Case:
    """
    Say that a case reports the same fault as another one; closing that one answers both.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the other is no open fault of its own, or this one has reporters.
    """
    require(by, HANDLE)
    main = locked(parent)
    stored, state = held(case, Move.JOIN)
    if stored.pk == main.pk:
        raise UnableToKeepCase(_("A case cannot be joined to itself."), "other")
    if main.kind != CaseKind.FAULT or not main.is_open or main.parent_id is not None:
        raise UnableToKeepCase(
            _("%(number)s is no open fault that others can report.") % {"number": main.number},
            "other",
        )
    if stored.parent_id is not None or stored.children.exists():
        raise UnableToKeepCase(_("Other cases belong to this one, or it belongs to another."))
    keep(stored, state, by=by, at=at, parent=main, bond=Bond.REPORT)
    write_act(stored, Done(ActKind.JOINED, facts={"number": main.number}), by=by, at=at)
    write_act(main, Done(ActKind.JOINED, facts={"number": stored.number}), by=by, at=at)
    return stored


@transaction.atomic
def merge_case(*, case: Case, into: Case, by: "Staff", at: datetime) -> Case:
    """
    Merge a case into another one about the same matter; it is worked on there alone.

    What was done on it stays with it; its clocks are withdrawn, those of the other go on.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if the other is not open, or of another customer, or something
        belongs to this one.
    """
    require(by, HANDLE)
    kept = locked(into)
    stored, _state = held(case, Move.MERGE)
    require_work_on(by, stored)
    if stored.pk == kept.pk:
        raise UnableToKeepCase(_("A case cannot be merged into itself."), "other")
    if not kept.is_open:
        raise UnableToKeepCase(refusal_words(kept, Move.MERGE), "other")
    if stored.customer_id != kept.customer_id:
        raise UnableToKeepCase(
            _("The cases are of two customers. Link them, or join one to the other's fault."),
            "other",
        )
    if stored.children.open().exists():
        raise UnableToKeepCase(_("Open cases belong to this one. Close or part them first."))
    refuse_open_orders(stored)
    keep(stored, CaseState.MERGED, by=by, at=at, merged_into=kept, closed_at=at, closed_by=by)
    write_act(stored, Done(ActKind.MERGED, facts={"number": kept.number}), by=by, at=at)
    said = Done(ActKind.MERGED, stored.text, facts={"number": stored.number})
    write_act(kept, said, by=by, at=at)
    promising.drop(stored, by=by, at=at)
    done_asking(stored, by=by, at=at)
    return stored


@transaction.atomic
def split_case(*, case: Case, kind: str, text: str, by: "Staff", at: datetime) -> Case:
    """
    Split something off a case that somebody else has to do; it has to be closed first.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not open, or belongs to another one itself.
    """
    require(by, CREATE)
    stored, _state = held(case, Move.SPLIT)
    return part_of(stored, kind, text, bond=Bond.PART, by=by, at=at)


@transaction.atomic
def ask_for_support(*, case: Case, text: str, by: "Staff", at: datetime) -> Case:
    """
    Order support for a case: development, training, installation, maintenance (CH11).

    The order waits in the queue of the team that leads support; its answer comes back here.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not open, or belongs to another one itself.
    """
    require(by, CREATE)
    stored, _state = held(case, Move.SPLIT)
    return part_of(stored, CaseKind.SUPPORT, text, bond=Bond.SUPPORT, by=by, at=at)


def part_of(case: Case, kind: str, text: str, *, bond: Bond, by: "Staff", at: datetime) -> Case:
    """Open a case that belongs to another one, of the same customer."""
    if case.parent_id is not None:
        raise UnableToKeepCase(_("This case belongs to another one itself."))
    if not text.strip():
        raise UnableToKeepCase(_("Say what is to be done."), "text")
    new = NewCase(
        kind=kind,
        channel=case.channel,
        text=text,
        customer=case.customer,
        caller_name=case.caller_name,
        caller_phone=case.caller_phone.plain if case.caller_phone else "",
        product_code=case.product_code,
    )
    part = opened(new, Taker(by.unit, staff=by, parent=case, bond=bond), at=at)
    act = ActKind.SUPPORT if bond == Bond.SUPPORT else ActKind.SPLIT
    write_act(case, Done(act, text, facts={"number": part.number}), by=by, at=at)
    return part
