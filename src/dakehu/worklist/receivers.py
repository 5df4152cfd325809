"""What to-dos do when something happens to customers, or to exports."""

from collections import defaultdict
from datetime import timedelta

from django.utils.timezone import localdate

from dakehu.clocks.choices import NOTICE, Stage
from dakehu.clocks.events import (
    ClockBreached,
    ClockEscalated,
    ClocksHandedOver,
    ClockWarned,
    NoticeFacts,
    NoticesSettled,
)
from dakehu.files.choices import TO_KNOW, TO_RELEASE, TO_TAKE
from dakehu.files.events import (
    ExportBuilt,
    ExportDecided,
    ExportEnded,
    ExportLost,
    ExportRequested,
    ExportTaken,
)
from dakehu.ownership.choices import HANDOVER
from dakehu.ownership.events import CustomersMoved, ReceiptConfirmed
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.queries import lines_of_command
from dakehu.tiering.choices import CHANGED
from dakehu.tiering.events import TierChanged
from dakehu.tiering.queries.moves import movers_by_owner
from dakehu.tiering.queries.todos import pair
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import (
    ask_for_receipts,
    cancel_todos,
    finish_todo,
    follow_moved_customers,
    open_todos,
    reassign_todos,
)
from dakehu.worklist.values import Ask

DAYS_TO_LOOK = 14
LEADS = "clocks.edit"
"""Who may do this leads a unit that names no leader."""


def tier_changed(event: TierChanged) -> None:
    """Tell every owner once how many of their customers an evaluation moved."""
    if event.evaluation_id is None:
        return
    told: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for owner, unit, turn, count in movers_by_owner(event.evaluation_id):
        told[owner, unit][turn] = count
    asks = [
        Ask(
            source_id=pair(event.evaluation_id, owner),
            facts={
                "scheme": event.scheme,
                "up": counts.get("UP", 0),
                "down": counts.get("DOWN", 0),
            },
            customer_id=None,
            owner_id=owner,
            unit_id=unit,
            urgency=Urgency.NORMAL if counts.get("DOWN") else Urgency.LOW,
            due_date=event.day + timedelta(days=DAYS_TO_LOOK),
        )
        for (owner, unit), counts in sorted(told.items())
    ]
    open_todos(source=CHANGED, asks=asks, at=event.at)


def approval_asked(event: ApprovalAsked) -> None:
    """Ask a second person to decide."""
    ask = Ask(
        source_id=event.source_id,
        facts=event.facts,
        customer_id=event.customer_id,
        owner_id=event.owner_id,
        unit_id=event.unit_id,
        urgency=Urgency.HIGH,
        due_date=None,
    )
    open_todos(source=event.source, asks=[ask], at=event.at)


def approval_ended(event: ApprovalEnded) -> None:
    """Mark the to-do of a decision as done, or as no longer needed."""
    if event.by is None:
        cancel_todos(source=event.source, source_ids=[event.source_id], at=event.at)
    else:
        finish_todo(source=event.source, source_id=event.source_id, by=event.by, at=event.at)


def customers_moved(event: CustomersMoved) -> None:
    """Let to-dos follow their customers, and ask the people concerned to look at it."""
    follow_moved_customers(event)
    ask_for_receipts(event)


def receipt_confirmed(event: ReceiptConfirmed) -> None:
    """Mark the to-do of a receipt as done."""
    finish_todo(source=HANDOVER, source_id=event.receipt_id, by=event.by, at=event.at)


def export_requested(event: ExportRequested) -> None:
    """Ask who is to release an export to decide."""
    ask = Ask(
        source_id=event.export_id,
        facts={"requester": event.requester, "list": event.screen, "rows": event.rows},
        customer_id=None,
        owner_id=event.releaser_id,
        unit_id=event.unit_id,
        urgency=Urgency.HIGH,
        due_date=None,
    )
    open_todos(source=TO_RELEASE, asks=[ask], at=event.at)


def export_decided(event: ExportDecided) -> None:
    """Mark the to-do of a release as done."""
    finish_todo(source=TO_RELEASE, source_id=event.export_id, by=event.by, at=event.at)


def export_built(event: ExportBuilt) -> None:
    """Tell who asked for an export that its file is there."""
    ask = Ask(
        source_id=event.export_id,
        facts={"list": event.screen},
        customer_id=None,
        owner_id=event.requester_id,
        unit_id=event.unit_id,
        urgency=Urgency.NORMAL,
        due_date=localdate(event.expires_at),
    )
    open_todos(source=TO_TAKE, asks=[ask], at=event.at)


def export_taken(event: ExportTaken) -> None:
    """Mark the to-do of a file that waits as done."""
    finish_todo(source=TO_TAKE, source_id=event.export_id, by=event.by, at=event.at)


def export_ended(event: ExportEnded) -> None:
    """Ask nobody any more about an export that is over."""
    for source in (TO_RELEASE, TO_TAKE):
        cancel_todos(source=source, source_ids=[event.export_id], at=event.at)


def export_lost(event: ExportLost) -> None:
    """Tell who asked for an export that no file will come."""
    ask = Ask(
        source_id=event.export_id,
        facts={"list": event.screen, "state": event.state},
        customer_id=None,
        owner_id=event.requester_id,
        unit_id=event.unit_id,
        urgency=Urgency.NORMAL,
        due_date=None,
    )
    open_todos(source=TO_KNOW, asks=[ask], at=event.at)


def clock_warned(event: ClockWarned) -> None:
    """Ask the owners of promises that run out soon."""
    asks = [ask_about(notice, notice.owner_id, Urgency.HIGH) for notice in event.notices]
    open_todos(source=NOTICE, asks=asks, at=event.at)


def clock_overdue(event: ClockBreached | ClockEscalated) -> None:
    """
    Ask the owner's superior of a missed deadline, and one level further up for each full period.

    Where nobody stands higher any more the topmost has been asked already; where nobody stands
    above at all, the unit is asked.
    """
    people = [(notice.owner_id, notice.unit_id) for notice in event.notices]
    lines = lines_of_command(people, permission=LEADS)
    asks = []
    for notice in event.notices:
        above = lines[notice.owner_id, notice.unit_id]
        level = notice.stage - Stage.BREACH
        if level < len(above):
            asks.append(ask_about(notice, above[level], Urgency.URGENT))
        elif level == 0:
            asks.append(ask_about(notice, None, Urgency.URGENT))
    open_todos(source=NOTICE, asks=asks, at=event.at)


def ask_about(notice: NoticeFacts, owner_id: int | None, urgency: Urgency) -> Ask:
    """Return what is asked because of a notice."""
    return Ask(
        source_id=notice.notice_id,
        facts={"kind": notice.kind, "name": notice.name, "stage": notice.stage},
        customer_id=notice.customer_id,
        owner_id=owner_id,
        unit_id=notice.unit_id,
        urgency=urgency,
        due_date=notice.due_day,
    )


def notices_settled(event: NoticesSettled) -> None:
    """Ask nobody any more about clocks that were answered, withdrawn or corrected."""
    cancel_todos(source=NOTICE, source_ids=event.notice_ids, at=event.at)


def clocks_handed_over(event: ClocksHandedOver) -> None:
    """Let warnings ask the new owner."""
    reassign_todos(
        source=NOTICE,
        source_ids=event.notice_ids,
        owner=event.owner,
        by=event.by,
        at=event.at,
    )
