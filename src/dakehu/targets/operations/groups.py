"""Naming target groups, locking and unlocking them, and closing them (T23)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.policies import require
from dakehu.people.queries import units_within
from dakehu.targets.choices import TARGET, GroupState, HandOutState
from dakehu.targets.errors import UnableToLock
from dakehu.targets.models import HandOut, HandOutTask, TargetGroup, TargetWork
from dakehu.targets.policies import DEFINE
from dakehu.targets.queries.groups import problems_of
from dakehu.worklist.operations import cancel_todos

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def new_group(**values: Any) -> TargetGroup:
    """Return a group that is not kept yet, for callers who do not know the models."""
    return TargetGroup(**values)


@transaction.atomic
def create_group(*, group: TargetGroup, by: "Staff", at: datetime) -> TargetGroup:
    """
    Keep a new group as a draft.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if its unit lies beyond the reach of ``by``.
    """
    require(by, DEFINE)
    refuse_unit(group, by)
    group.created_by, group.created_at = by, at
    create_record(group, by=by, at=at)
    TargetWork.objects.create(group=group)
    return group


@transaction.atomic
def edit_group(*, group: TargetGroup, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store what changed about a group; returns whether anything did.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if the group is closed, or locked and more than its words changed.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    refuse_unit(group, by)
    fixed = ("kind", "with_prospects", "unit_id", "membership", "condition")
    if stored.state != GroupState.DRAFT and any(
        getattr(group, name) != getattr(stored, name) for name in fixed
    ):
        raise UnableToLock(_("A locked group changes its name and purpose only. Unlock it first."))
    return save_record(group, version=version, by=by, at=at)


@transaction.atomic
def lock_group(*, group: TargetGroup, version: int, by: "Staff", at: datetime) -> None:
    """
    Fix the condition of a group; background work then reads the members.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if it is no draft, has no condition, or a faulty one.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    if stored.state != GroupState.DRAFT:
        raise UnableToLock(_("Only a draft is locked."))
    if stored.version != version:
        raise UnableToLock(
            _("Somebody has changed the group meanwhile. Look at it again, then lock it.")
        )
    if not stored.condition:
        raise UnableToLock(_("The group has no condition yet. Say who belongs to it first."))
    if problems := problems_of(stored):
        raise UnableToLock(problems[0])
    group.state, group.locked_by, group.locked_at = GroupState.LOCKED, by, at
    save_record(group, by=by, at=at)
    TargetWork.objects.filter(group=group).update(is_busy=True, error="")


@transaction.atomic
def unlock_group(*, group: TargetGroup, by: "Staff", at: datetime) -> None:
    """
    Let the condition of a group be changed again; its members stay until it is locked anew.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if it is not locked, or tasks were handed out of it.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    if stored.state != GroupState.LOCKED:
        raise UnableToLock(_("Only a locked group is unlocked."))
    if HandOut.objects.filter(group=group).exclude(state=HandOutState.UNDONE).exists():
        raise UnableToLock(
            _("Tasks were handed out of this group. Undo that, or close it and make another.")
        )
    group.state, group.locked_by, group.locked_at = GroupState.DRAFT, None, None
    save_record(group, by=by, at=at)
    TargetWork.objects.filter(group=group).update(is_busy=False, error="")


@transaction.atomic
def close_group(*, group: TargetGroup, note: str, by: "Staff", at: datetime) -> int:
    """
    Close a group whose purpose is done; returns how many open tasks are needed no more.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if it is not locked.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    if stored.state != GroupState.LOCKED:
        raise UnableToLock(_("Only a locked group is closed; a draft is removed."))
    group.state, group.closed_by, group.closed_at = GroupState.CLOSED, by, at
    group.closing_note = note[: TargetGroup._meta.get_field("closing_note").max_length]
    save_record(group, by=by, at=at)
    TargetWork.objects.filter(group=group).update(is_busy=False, error="")
    tasks = HandOutTask.objects.filter(hand_out__group=group).order_by("pk")
    return cancel_todos(source=TARGET, source_ids=tasks.values_list("pk", flat=True), at=at)


@transaction.atomic
def remove_group(*, group: TargetGroup, by: "Staff", at: datetime) -> None:
    """
    Remove a draft or a closed group from the lists.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if it is locked.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    if stored.state == GroupState.LOCKED:
        raise UnableToLock(_("A locked group is in use. Close or unlock it first."))
    remove_record(group, by=by, at=at)


def refuse_others(group: TargetGroup, by: "Staff") -> TargetGroup:
    """Return a group as it is stored, held until the end of the transaction.

    :raises UnableToLock: if it is for a unit beyond the reach of ``by``.
    """
    stored = TargetGroup.objects.select_for_update().get(pk=group.pk)
    refuse_unit(stored, by)
    return stored


def refuse_unit(group: TargetGroup, by: "Staff") -> None:
    """Pass in silence if a group's unit lies within the reach of ``by``.

    :raises UnableToLock: otherwise.
    """
    if not units_within(by).filter(pk=group.unit_id).exists():
        raise UnableToLock(_("The group is for a unit beyond your reach; look at it only."))
