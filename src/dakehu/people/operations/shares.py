"""Showing somebody what lies beyond their scope, for a time and a reason (promise 3)."""

from datetime import datetime, timedelta

from django.db import transaction

from dakehu.audit.operations import create_record, remove_record
from dakehu.people.choices import ShareSubject
from dakehu.people.errors import UnableToShare
from dakehu.people.models import Share, Staff, Unit
from dakehu.people.policies import may, require, within_role
from dakehu.people.values import NewShare, Shareable

PERMISSION = "people.share"
LONGEST = timedelta(days=366)

SHAREABLES: dict[str, Shareable] = {}
"""What can be shared, by the name of its kind in addresses."""


def register_shareable(shareable: Shareable) -> None:
    """Let something be shared; registering it twice changes nothing."""
    SHAREABLES.setdefault(shareable.kind, shareable)


def share_manager(manager: Staff, *, share: NewShare, by: Staff, at: datetime) -> Share:
    """
    Show all customers of a manager, now and later ones, to somebody until a moment.

    :raises PermissionDenied: if the person may not share.
    :raises UnableToShare: if the manager lies beyond the person's own units, or as
        :func:`give_share`.
    """
    mine = Staff.objects.filter(within_role(by, unit="unit", owner="pk"), pk=manager.pk)
    if not mine.exists():
        raise UnableToShare.beyond_reach()
    subject = (ShareSubject.MANAGER, manager.pk, manager.name)
    return give_share(subject, share=share, by=by, at=at)


def share_unit(unit: Unit, *, share: NewShare, by: Staff, at: datetime) -> Share:
    """
    Show all customers of a unit and of those below it to somebody until a moment.

    :raises PermissionDenied: if the person may not share.
    :raises UnableToShare: if the unit lies beyond the person's own, or as :func:`give_share`.
    """
    mine = Unit.objects.filter(within_role(by, unit="pk", owner="leader"), pk=unit.pk)
    if not mine.exists():
        raise UnableToShare.beyond_reach()
    return give_share((ShareSubject.UNIT, unit.pk, unit.name), share=share, by=by, at=at)


@transaction.atomic
def give_share(
    subject: tuple[str, int, str], *, share: NewShare, by: Staff, at: datetime
) -> Share:
    """
    Record a share of something that the caller has found within the person's own scope.

    ``subject`` is its kind, its number and its name at this time.

    :raises PermissionDenied: if the person may not share.
    :raises UnableToShare: if the receiver cannot use it, or the end is past or too far ahead.
    """
    require(by, PERMISSION)
    receiver: Staff = share.staff
    if receiver == by or receiver.removed_at or not may(receiver, "customers.view"):
        raise UnableToShare.useless()
    if not at < share.until <= at + LONGEST:
        raise UnableToShare.impossible()
    kind, number, name = subject
    row = Share(
        staff=receiver,
        subject=kind,
        subject_id=number,
        subject_name=name[:200],
        reason=share.reason,
        by=by,
        starts_at=at,
        expires_at=share.until,
    )
    return create_record(row, by=by, at=at, reason=share.reason)


@transaction.atomic
def withdraw_share(share: Share, *, by: Staff, at: datetime) -> None:
    """
    End a share before its time; from this moment the receiver sees it no more.

    :raises PermissionDenied: if the person may not share.
    :raises UnableToShare: if it has ended already.
    """
    require(by, PERMISSION)
    if share.removed_at or share.expires_at <= at:
        raise UnableToShare.over()
    remove_record(share, by=by, at=at)
