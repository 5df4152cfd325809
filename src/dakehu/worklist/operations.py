"""
What changes to-dos: contexts that ask, people who finish them or pass them on (P7); the work log.

A to-do is asked for once per source and source number; asking again brings it up to date.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import (
    change_rows,
    create_record,
    record_changes,
    remove_record,
    restore_record,
    save_record,
)
from dakehu.common import events
from dakehu.common.batches import batched
from dakehu.ownership.choices import HANDOVER, PLANNED_MOVE
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.queries import digests_of, leftover_of, receipts_undone_by
from dakehu.people.policies import require
from dakehu.people.queries import colleagues_of, fallback_owners
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.errors import UnableToHandOver, UnableToKeepWork
from dakehu.worklist.events import TodosHandedOver
from dakehu.worklist.models import Todo, WorkCategory, WorkEntry
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 2_000
ASKED = ("owner_id", "unit_id", "urgency", "due_date", "facts")
"""What asking again brings up to date."""
DAYS_TO_CONFIRM = 3
LONGEST_AGO = timedelta(days=366)


@transaction.atomic
def open_todos(*, source: str, asks: Iterable[Ask], at: datetime) -> int:
    """
    Ask for all of ``asks`` and return how many to-dos were opened, or opened again.

    What is open or kept for later is brought up to date, what was cancelled is opened again, what
    somebody has done stays done. Asking the same twice changes nothing.
    """
    opened = 0
    for batch in batched(asks, BATCH):
        found = Todo.objects.of(source, [ask.source_id for ask in batch])
        known = {todo.source_id: todo for todo in found}
        new = [_todo(source, ask, at) for ask in batch if ask.source_id not in known]
        Todo.objects.bulk_create(new, batch_size=500)
        stale = [
            (known[ask.source_id], ask)
            for ask in batch
            if ask.source_id in known and _is_stale(known[ask.source_id], ask)
        ]
        opened += len(new) + sum(todo.state == TodoState.CANCELLED for todo, _ in stale)
        _bring_up_to_date(stale)
    return opened


@transaction.atomic(savepoint=False)
def ask_now(*, source: str, ask: Ask, at: datetime, reason: str = "") -> Todo:
    """
    Ask for one thing at once, on record, and return its to-do (W14).

    Unlike :func:`open_todos` it asks again also for what somebody has done, put off or needed no
    more: something new has happened.
    """
    found: Todo | None = Todo.objects.of(source, [ask.source_id]).select_for_update().first()
    if found is None:
        todo = _todo(source, ask, at)
        create_record(todo, by=None, at=at, reason=reason)
        return todo
    for name in ASKED:
        setattr(found, name, getattr(ask, name))
    found.customer_id = ask.customer_id
    found.state, found.closed_at, found.closed_by = TodoState.OPEN, None, None
    save_record(found, by=None, at=at, reason=reason)
    return found


def _todo(source: str, ask: Ask, at: datetime) -> Todo:
    todo = Todo(
        source=source,
        source_id=ask.source_id,
        customer_id=ask.customer_id,
        created_at=at,
        **{name: getattr(ask, name) for name in ASKED},
    )
    for name, record in ask.at_hand.items():
        setattr(todo, name, record)
    return todo


def _is_stale(todo: Todo, ask: Ask) -> bool:
    if todo.state == TodoState.DONE:
        return False
    return todo.state == TodoState.CANCELLED or any(
        getattr(todo, name) != getattr(ask, name) for name in ASKED
    )


def _bring_up_to_date(stale: Sequence[tuple[Todo, Ask]]) -> None:
    """Write the asks over their to-dos, by two prepared statements, as there can be many.

    Most often only the evidence moved on; leaving the other columns alone spares their indexes.
    """
    worded = [(todo, ask) for todo, ask in stale if _only_facts_differ(todo, ask)]
    changed = [(todo, ask) for todo, ask in stale if not _only_facts_differ(todo, ask)]
    _execute("facts = %s", [(_json(ask), todo.pk) for todo, ask in worded])
    _execute(
        "facts = %s, owner_id = %s, unit_id = %s, urgency = %s, due_date = %s, state = %s,"
        " closed_at = NULL",
        [
            (
                _json(ask),
                ask.owner_id,
                ask.unit_id,
                ask.urgency,
                connection.ops.adapt_datefield_value(ask.due_date),
                todo.state if todo.state == TodoState.HELD else TodoState.OPEN.value,
                todo.pk,
            )
            for todo, ask in changed
        ],
    )


def _only_facts_differ(todo: Todo, ask: Ask) -> bool:
    return todo.state != TodoState.CANCELLED and all(
        getattr(todo, name) == getattr(ask, name) for name in ASKED if name != "facts"
    )


def _json(ask: Ask) -> str:
    return json.dumps(dict(ask.facts))


def _execute(assignments: str, rows: list[tuple[str | int | date | None, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {Todo._meta.db_table} SET {assignments} WHERE id = %s", rows
            )


@transaction.atomic
def cancel_todos(*, source: str, source_ids: Iterable[int], at: datetime) -> int:
    """Mark the open to-dos of these things as no longer needed; return how many there were."""
    return sum(
        Todo.objects.pending()
        .of(source, batch)
        .update(state=TodoState.CANCELLED, closed_at=at, closed_by=None)
        for batch in batched(source_ids, BATCH)
    )


@transaction.atomic
def hold_todos(*, source: str, source_ids: Iterable[int]) -> int:
    """Keep open to-dos of these things for later; return how many there were."""
    return sum(
        Todo.objects.open().of(source, batch).update(state=TodoState.HELD)
        for batch in batched(source_ids, BATCH)
    )


@transaction.atomic
def release_todos(*, source: str, source_ids: Iterable[int]) -> int:
    """Open to-dos of these things that were kept for later; return how many there were."""
    return sum(
        Todo.objects.held().of(source, batch).update(state=TodoState.OPEN)
        for batch in batched(source_ids, BATCH)
    )


@transaction.atomic
def finish_todo(*, source: str, source_id: int, by: "Staff | None", at: datetime) -> None:
    """Mark the to-do of one thing as done, because the thing itself was dealt with."""
    values = {"state": TodoState.DONE, "closed_at": at, "closed_by": by}
    change_rows(Todo.objects.pending().of(source, [source_id]), values=values, by=by, at=at)


@transaction.atomic
def drop_todo(*, source: str, source_id: int, by: "Staff", at: datetime) -> None:
    """Mark the to-do of one thing as no longer needed, on record, because ``by`` took it back."""
    values = {"state": TodoState.CANCELLED, "closed_at": at, "closed_by": by}
    change_rows(Todo.objects.pending().of(source, [source_id]), values=values, by=by, at=at)


@transaction.atomic
def put_off_todo(
    *, source: str, source_id: int, due_date: date, by: "Staff", at: datetime
) -> None:
    """Keep the to-do of one thing open until ``due_date``; a finished one is opened again."""
    values = {
        "state": TodoState.OPEN,
        "due_date": due_date,
        "closed_at": None,
        "closed_by": None,
    }
    change_rows(Todo.objects.of(source, [source_id]), values=values, by=by, at=at)


@transaction.atomic
def reassign_todos(
    *,
    source: str,
    source_ids: Sequence[int],
    owner: "Staff | None",
    by: "Staff | None",
    at: datetime,
) -> None:
    """Let the open to-dos of these things follow their new owner."""
    todos = Todo.objects.pending().of(source, list(source_ids))
    change_rows(todos, values={"owner": owner}, by=by, at=at)


@transaction.atomic
def close_todos(*, todos: Iterable[Todo], by: "Staff", at: datetime) -> int:
    """
    Mark open to-dos as done from the list, without touching what they stand for.

    What is no longer open stays as it is; the answer is how many were closed.

    :raises PermissionDenied: if ``by`` may not work on to-dos.
    """
    require(by, "worklist.act")
    found = Todo.objects.open().filter(pk__in=[todo.pk for todo in todos])
    closing = list(found.select_for_update())
    Todo.objects.filter(pk__in=[todo.pk for todo in closing]).update(
        state=TodoState.DONE, closed_at=at, closed_by=by
    )
    record_changes(
        verb=ChangeVerb.CHANGED,
        changes=[(todo, {"state": (TodoState.OPEN, TodoState.DONE)}) for todo in closing],
        by=by,
        at=at,
    )
    return len(closing)


@transaction.atomic
def hand_over(*, todos: Iterable[Todo], owner: "Staff", by: "Staff", at: datetime) -> int:
    """
    Pass open to-dos on to a colleague; return how many (P7, 转派).

    The contexts behind them hear of it and may let their own owner follow.

    :raises PermissionDenied: if ``by`` may not work on to-dos.
    :raises UnableToHandOver: if ``by`` may not give work to ``owner``.
    """
    require(by, "worklist.act")
    if not colleagues_of(by, permission="worklist.act").filter(pk=owner.pk).exists():
        raise UnableToHandOver
    found = Todo.objects.open().filter(pk__in=[todo.pk for todo in todos])
    moving = list(found.exclude(owner=owner).select_for_update())
    Todo.objects.filter(pk__in=[todo.pk for todo in moving]).update(owner=owner)
    record_changes(
        verb=ChangeVerb.CHANGED,
        changes=[(todo, {"owner": (todo.owner_id, owner.pk)}) for todo in moving],
        by=by,
        at=at,
    )
    _announce(moving, owner, by, at)
    return len(moving)


def _announce(todos: Sequence[Todo], owner: "Staff", by: "Staff", at: datetime) -> None:
    """Tell each source, once the transaction holds."""
    for source in sorted({todo.source for todo in todos}):
        handed = TodosHandedOver(
            source=source,
            source_ids=tuple(todo.source_id for todo in todos if todo.source == source),
            owner_id=owner.pk,
            by_id=by.pk,
            at=at,
        )
        transaction.on_commit(partial(events.announce, handed))


@transaction.atomic
def follow_moved_customers(moved: CustomersMoved) -> int:
    """
    Let open to-dos follow their customers to the new owner; return how many did (M3).

    What is done stays with whoever did it, and what was passed on to a third person stays there.
    """
    stand_ins = fallback_owners()
    passages = {line.customer_id: line for line in moved.lines}
    followed = 0
    for batch in batched(passages, BATCH):
        found = (
            Todo.objects.pending().filter(customer__in=batch).order_by("pk").select_for_update()
        )
        heirs = {
            todo: passages[todo.customer_id].heir_of(
                todo.owner_id, stand_in=stand_ins.get(todo.unit_id)
            )
            for todo in found
            if todo.customer_id
        }
        moving = {todo: heir for todo, heir in heirs.items() if heir != todo.owner_id}
        for heir in set(moving.values()):
            theirs = [todo.pk for todo, owner in moving.items() if owner == heir]
            Todo.objects.filter(pk__in=theirs).update(owner=heir)
        changes = [(todo, {"owner": (todo.owner_id, heir)}) for todo, heir in moving.items()]
        record_changes(verb=ChangeVerb.CHANGED, changes=changes, by=moved.by, at=moved.at)
        followed += len(moving)
    return followed


@transaction.atomic
def ask_for_receipts(moved: CustomersMoved) -> None:
    """
    Ask everybody whom a move concerns to look at it, once each, however many customers it moved.

    What an undone move asked for is needed no more. Whoever planned a move hears from the night
    what it had to leave.
    """
    due = localdate(moved.at) + timedelta(days=DAYS_TO_CONFIRM)
    asks = [
        Ask(
            source_id=digest.receipt_id,
            facts={
                "kind": digest.kind,
                "came": digest.came,
                "gone": digest.gone,
                "by": digest.by,
                "reason": digest.reason,
            },
            customer_id=None,
            owner_id=digest.staff_id,
            unit_id=digest.unit_id,
            urgency=Urgency.NORMAL if digest.came else Urgency.LOW,
            due_date=due,
        )
        for digest in digests_of(moved.move_id)
    ]
    open_todos(source=HANDOVER, asks=asks, at=moved.at)
    cancel_todos(source=HANDOVER, source_ids=receipts_undone_by(moved.move_id), at=moved.at)
    if moved.by is None:
        _tell_leftover(moved, due)


def _tell_leftover(moved: CustomersMoved, due: date) -> None:
    left = leftover_of(moved.move_id)
    if left is None:
        return
    ask = Ask(
        source_id=moved.move_id,
        facts={"moved": left.moved, "skipped": left.skipped},
        customer_id=None,
        owner_id=left.by_id,
        unit_id=left.unit_id,
        urgency=Urgency.NORMAL,
        due_date=due,
    )
    open_todos(source=PLANNED_MOVE, asks=[ask], at=moved.at)


def unsaved_work(*, class_name: str, **values: Any) -> WorkEntry:
    """Return an entry that is not kept yet, for callers who do not know the models."""
    return WorkEntry(category=WorkCategory.objects.get(name=class_name), **values)


@transaction.atomic
def record_work(*, entry: WorkEntry, by: "Staff", at: datetime) -> WorkEntry:
    """
    Write down work that ``by`` did (P9).

    :raises PermissionDenied: if ``by`` may not keep a log.
    :raises UnableToKeepWork: if it lies in the future, or its class is offered no more.
    """
    require(by, "worklist.act")
    entry.staff, entry.unit = by, by.unit
    refuse_work(entry, at)
    return create_record(entry, by=by, at=at)


@transaction.atomic
def edit_work(*, entry: WorkEntry, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store what changed in an entry of one's own log; returns whether anything did.

    :raises PermissionDenied: if ``by`` may not keep a log.
    :raises UnableToKeepWork: if it is somebody else's, was removed, or lies in the future.
    :raises EditedMeanwhile: if the same was changed since ``version``.
    """
    require(by, "worklist.act")
    refuse_others(entry, by)
    if not WorkEntry.objects.present().filter(pk=entry.pk).exists():
        raise UnableToKeepWork(_("This entry has been removed."))
    refuse_work(entry, at)
    return save_record(entry, version=version, by=by, at=at)


@transaction.atomic
def remove_work(*, entry: WorkEntry, by: "Staff", at: datetime) -> None:
    """
    Take an entry out of one's own log; it can be brought back.

    :raises PermissionDenied: if ``by`` may not keep a log.
    :raises UnableToKeepWork: if it is somebody else's.
    """
    require(by, "worklist.act")
    refuse_others(entry, by)
    remove_record(entry, by=by, at=at)


@transaction.atomic
def restore_work(*, entry: WorkEntry, by: "Staff", at: datetime) -> None:
    """
    Bring a removed entry of one's own log back.

    :raises PermissionDenied: if ``by`` may not keep a log.
    :raises UnableToKeepWork: if it is somebody else's.
    """
    require(by, "worklist.act")
    refuse_others(entry, by)
    restore_record(entry, by=by, at=at)


def refuse_others(entry: WorkEntry, by: "Staff") -> None:
    """Pass in silence if an entry is the person's own.

    :raises UnableToKeepWork: otherwise; a supervisor reads the log of others and leaves it alone.
    """
    if entry.staff_id != by.pk:
        raise UnableToKeepWork(_("Everybody keeps their own log; you can read this entry only."))


def refuse_work(entry: WorkEntry, at: datetime) -> None:
    """Pass in silence if an entry may stand as it is.

    :raises UnableToKeepWork: otherwise.
    """
    if entry.at > at:
        raise UnableToKeepWork(_("This lies in the future. Write down what was done."), "at")
    if entry.at < at - LONGEST_AGO:
        raise UnableToKeepWork(_("This lies more than a year back."), "at")


@transaction.atomic
def add_category(*, category: WorkCategory, by: "Staff", at: datetime) -> WorkCategory:
    """
    Add a class of work, as the last one (P9).

    :raises PermissionDenied: if the role may not.
    """
    require(by, "worklist.categories")
    last = WorkCategory.objects.aggregate(last=Max("position"))["last"] or 0
    category.position = last + 1
    return create_record(category, by=by, at=at)


@transaction.atomic
def edit_category(*, category: WorkCategory, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store what changed about a class of work; returns whether anything did.

    :raises PermissionDenied: if the role may not.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, "worklist.categories")
    return save_record(category, version=version, by=by, at=at)


@transaction.atomic
def retire_category(*, category: WorkCategory, by: "Staff", at: datetime) -> None:
    """
    Offer a class of work no more; what was recorded under it stays.

    :raises PermissionDenied: if the role may not.
    """
    require(by, "worklist.categories")
    remove_record(category, by=by, at=at)


@transaction.atomic
def restore_category(*, category: WorkCategory, by: "Staff", at: datetime) -> None:
    """
    Offer a class of work again.

    :raises PermissionDenied: if the role may not.
    """
    require(by, "worklist.categories")
    restore_record(category, by=by, at=at)
