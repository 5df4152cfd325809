"""
Handing the members of a group out as tasks, undoing that, and what came of it (T23).

A hand-out is carried out in two steps, either of which may be done again: all tasks are written at
once, then the to-dos follow in batches.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import change_rows, create_record, save_record
from dakehu.common.batches import batched
from dakehu.people.policies import require
from dakehu.people.queries import units_within
from dakehu.targets.choices import (
    OPEN_RESULTS,
    TARGET,
    UNFINISHED,
    GroupState,
    HandOutState,
    Result,
    TaskState,
)
from dakehu.targets.errors import UnableToHandOut, UnableToRecord
from dakehu.targets.models import HandOut, HandOutTask, TargetGroup
from dakehu.targets.policies import HAND_OUT, HANDLE
from dakehu.targets.queries.groups import part_handed_by
from dakehu.targets.queries.operands import units_below
from dakehu.targets.queries.tasks import (
    begun_tasks,
    candidates_of,
    next_in_line,
    open_hand_outs,
    tasks_gone,
    tasks_with_todos,
    waiting_by_owner,
)
from dakehu.targets.rules.handing import queued, room_left
from dakehu.targets.values import Candidate, Order
from dakehu.tiering.queries.sources import newest_day
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import (
    cancel_todos,
    finish_todo,
    hold_todos,
    open_todos,
    put_off_todo,
    release_todos,
)
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

BATCH = 500


@transaction.atomic
def ask_hand_out(*, group: TargetGroup, order: Order, by: "Staff", at: datetime) -> HandOut:
    """
    Note that the members of a group are to be handed out; background work carries it out.

    Of a group for a unit above theirs, people hand out the members of their own unit.

    :raises PermissionDenied: if ``by`` may not hand groups out.
    :raises UnableToHandOut: if the group is not locked or still being read, the day has passed,
        another hand-out is under way, or there is nobody, or too many, to hand out.
    """
    require(by, HAND_OUT)
    stored = TargetGroup.objects.select_for_update().get(pk=group.pk)
    part = part_handed_by(by, stored)
    refuse_part(stored, part)
    refuse_group(stored)
    if order.due_date < localdate(at):
        raise UnableToHandOut(_("The due day has passed. Choose a later one."))
    if stored.hand_outs.filter(state__in=UNFINISHED).exists():
        raise UnableToHandOut(_("Another hand-out of this group is under way. Wait for it."))
    refuse_number(wanted(stored, order, part))
    hand_out = HandOut(
        group=stored,
        unit=part,
        text=order.text,
        due_date=order.due_date,
        per_person=order.per_person,
        rank_by=order.rank_by,
        spare_others=order.spare_others,
        created_by=by,
        created_at=at,
    )
    return create_record(hand_out, by=by, at=at)


def refuse_group(group: TargetGroup) -> None:
    """Pass in silence if a group can be handed out.

    :raises UnableToHandOut: otherwise.
    """
    if group.state != GroupState.LOCKED or group.removed_at:
        raise UnableToHandOut(_("Only a locked group is handed out. Lock it first."))
    if group.work.is_busy:
        raise UnableToHandOut(_("The members are still being read. Wait a moment."))


def refuse_number(candidates: list[Candidate]) -> None:
    """Pass in silence if so many can be handed out.

    :raises UnableToHandOut: otherwise.
    """
    if not candidates:
        raise UnableToHandOut(
            _("There is nobody left to hand out: the group is empty, or all are handed out.")
        )
    limit = settings.TARGET_TASKS_LIMIT
    if len(candidates) > limit:
        raise UnableToHandOut(
            _("%(count)s tasks are more than the %(limit)s of one hand-out. Narrow the group.")
            % {"count": len(candidates), "limit": limit}
        )


def refuse_part(group: TargetGroup, part: "Unit | None") -> None:
    """Pass in silence if a unit whose members alone are handed out lies below the group's.

    :raises UnableToHandOut: otherwise.
    """
    if part is not None and part.pk not in units_below().get(group.unit_id, ()):
        raise UnableToHandOut(_("The group is for a unit beyond your reach; look at it only."))


def refuse_strangers(hand_out: HandOut, by: "Staff") -> None:
    """Pass in silence if ``by`` reaches all whom a hand-out is about; its group is held.

    :raises UnableToHandOut: otherwise.
    """
    TargetGroup.objects.select_for_update().get(pk=hand_out.group_id)
    whose = hand_out.unit_id or hand_out.group.unit_id
    if not units_within(by).filter(pk=whose).exists():
        raise UnableToHandOut(_("The hand-out is for a unit beyond your reach; look at it only."))


def wanted(group: TargetGroup, order: Order, part: "Unit | None") -> list[Candidate]:
    """Return who is handed out by an order."""
    found = candidates_of(group, unit=part.pk if part else None, rank_by="", day=None)
    return [each for each in found if not (order.spare_others and each.handed_by)]


def carry_out(hand_out: HandOut, *, now: Callable[[], datetime]) -> None:
    """
    Write the tasks of a hand-out, then ask for them, batch after batch.

    :raises UnableToHandOut: if the group was closed meanwhile, or nobody is left to hand out.
    """
    write_tasks(hand_out)
    while True:
        with transaction.atomic():
            held = HandOut.objects.select_for_update().select_related("group").get(pk=hand_out.pk)
            if held.state != HandOutState.RUNNING:
                return
            tasks = list(
                held.tasks.select_related("customer").order_by("pk")[held.done : held.done + BATCH]
            )
            if not tasks:
                HandOut.objects.filter(pk=held.pk).update(state=HandOutState.READY)
                return
            ask_for(held, tasks, at=now())
            HandOut.objects.filter(pk=held.pk).update(done=held.done + len(tasks))


@transaction.atomic
def write_tasks(hand_out: HandOut) -> None:
    """
    Write all tasks of a hand-out at once, by who looks after the members at this moment.

    :raises UnableToHandOut: if the group was closed meanwhile, or nobody is left to hand out.
    """
    held = HandOut.objects.select_for_update().get(pk=hand_out.pk)
    if held.state != HandOutState.WAITING:
        return
    refuse_group(held.group)
    # Only those who had no task when this one was asked for: another may not overtake it.
    found = candidates_of(held.group, unit=held.unit_id, rank_by=held.rank_by, day=newest_day())
    chosen = {
        each.customer_id: each for each in found if not (held.spare_others and each.handed_by)
    }
    refuse_number(list(chosen.values()))
    places = queued(chosen.values(), per_person=held.per_person)
    for batch in batched(places, BATCH):
        HandOutTask.objects.bulk_create(
            HandOutTask(
                hand_out=held,
                customer_id=place.candidate.customer_id,
                asked_id=place.candidate.owner_id,
                rank=place.rank,
            )
            for place in batch
        )
    HandOut.objects.filter(pk=held.pk).update(
        state=HandOutState.RUNNING, total=len(places), done=0, error=""
    )


def ask_for(hand_out: HandOut, tasks: list[HandOutTask], *, at: datetime) -> None:
    """Ask for some tasks, and keep those for later whose turn has not come."""
    asks = [
        Ask(
            source_id=task.pk,
            facts={"group": hand_out.group.name, "text": hand_out.text},
            customer_id=task.customer_id,
            owner_id=task.asked_id,
            unit_id=task.customer.unit_id,
            urgency=Urgency.NORMAL,
            due_date=hand_out.due_date,
        )
        for task in tasks
    ]
    open_todos(source=TARGET, asks=asks, at=at)
    if hand_out.per_person:
        later = [task.pk for task in tasks if task.rank > hand_out.per_person]
        hold_todos(source=TARGET, source_ids=later)


def stop_hand_out(hand_out: HandOut, *, words: str) -> None:
    """Note that a hand-out ended before its time, and why; what was asked for stays."""
    limit = HandOut._meta.get_field("error").max_length
    found = HandOut.objects.filter(pk=hand_out.pk, state__in=UNFINISHED)
    found.update(state=HandOutState.FAILED, error=words[:limit])


@transaction.atomic
def go_on(hand_out: HandOut, *, by: "Staff", at: datetime) -> None:
    """
    Let a hand-out that was broken off go on where it stopped.

    :raises PermissionDenied: if ``by`` may not hand groups out.
    :raises UnableToHandOut: if it was not broken off.
    """
    require(by, HAND_OUT)
    refuse_strangers(hand_out, by)
    held = HandOut.objects.select_for_update().get(pk=hand_out.pk)
    if held.state != HandOutState.FAILED:
        raise UnableToHandOut(_("This hand-out was not broken off."))
    held.state = HandOutState.RUNNING if held.total else HandOutState.WAITING
    held.error = ""
    save_record(held, by=by, at=at)


@transaction.atomic
def undo_hand_out(*, hand_out: HandOut, by: "Staff", at: datetime) -> int:
    """
    Take a hand-out back that nobody has begun; returns how many tasks are needed no more.

    :raises PermissionDenied: if ``by`` may not hand groups out.
    :raises UnableToHandOut: if somebody has begun, or it was undone before.
    """
    require(by, HAND_OUT)
    refuse_strangers(hand_out, by)
    held = HandOut.objects.select_for_update().get(pk=hand_out.pk)
    if held.state == HandOutState.UNDONE:
        raise UnableToHandOut(_("This hand-out was undone before."))
    if count := begun_tasks(held):
        raise UnableToHandOut(
            _("%(count)s of the tasks are begun or done; close the group instead.")
            % {"count": count}
        )
    held.state, held.undone_by, held.undone_at = HandOutState.UNDONE, by, at
    save_record(held, by=by, at=at)
    tasks = held.tasks.order_by("pk").values_list("pk", flat=True)
    return cancel_todos(source=TARGET, source_ids=tasks, at=at)


@transaction.atomic
def record_result(*, task: HandOutTask, result: str, note: str, by: "Staff", at: datetime) -> None:
    """
    Record what came of a task; unless it stays open, the next one of its owner takes its place.

    :raises PermissionDenied: if ``by`` may not handle tasks.
    :raises UnableToRecord: if the task is needed no more.
    """
    require(by, HANDLE)
    hand_out = HandOut.objects.select_for_update().get(pk=task.hand_out_id)
    now = tasks_with_todos().get(pk=task.pk)
    if now.todo_state in {None, TaskState.CANCELLED}:
        raise UnableToRecord(_("This task is needed no more: it was taken back or closed."))
    values = {"result": Result(result), "note": note, "recorded_by": by, "recorded_at": at}
    change_rows(HandOutTask.objects.filter(pk=task.pk), values=values, by=by, at=at)
    if result in OPEN_RESULTS:
        if now.todo_state == TaskState.DONE:
            due = max(hand_out.due_date, localdate(at))
            put_off_todo(source=TARGET, source_id=task.pk, due_date=due, by=by, at=at)
        return
    finish_todo(source=TARGET, source_id=task.pk, by=by, at=at)
    release_next(hand_out)


def release_next(hand_out: HandOut) -> int:
    """Ask for the tasks whose turn has come; returns how many."""
    released = 0
    for owner, opened in waiting_by_owner(hand_out).items():
        room = room_left(opened, per_person=hand_out.per_person)
        if room is None or room > 0:
            turn = next_in_line(hand_out, owner, room or hand_out.total)
            released += release_todos(source=TARGET, source_ids=turn)
    return released


def tend_hand_outs(*, at: datetime) -> tuple[int, int]:
    """
    Drop tasks for customers who have left, and ask for those whose turn has come.

    Returns how many were dropped and asked for; to-dos that people closed make room as well.
    """
    dropped = asked = 0
    for hand_out in open_hand_outs():
        with transaction.atomic():
            held = HandOut.objects.select_for_update().get(pk=hand_out.pk)
            dropped += cancel_todos(source=TARGET, source_ids=tasks_gone(held), at=at)
            asked += release_next(held)
    return dropped, asked
