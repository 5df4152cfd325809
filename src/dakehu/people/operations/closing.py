"""Closing and opening accounts, removing and restoring people (M1)."""

from datetime import datetime

from django.db import transaction

from dakehu.audit.operations import remove_record, restore_record, save_record
from dakehu.people.errors import UnableToRelease, UnableToRemoveOneself
from dakehu.people.models import Staff
from dakehu.people.queries import held_by


@transaction.atomic
def close_account(staff: Staff, *, by: Staff, at: datetime, reason: str = "") -> None:
    """
    Let a person log in no longer; whoever is signed in is out with the next click.

    :raises UnableToRemoveOneself: if it is one's own account.
    :raises UnableToRelease: if customers or other things still hang on the person.
    """
    refuse_release(staff, by=by)
    staff.is_active = False
    save_record(staff, by=by, at=at, reason=reason)


@transaction.atomic
def open_account(staff: Staff, *, by: Staff, at: datetime, reason: str = "") -> None:
    """Let a person log in again."""
    staff.is_active = True
    save_record(staff, by=by, at=at, reason=reason)


@transaction.atomic
def remove_staff(staff: Staff, *, by: Staff, at: datetime, reason: str = "") -> None:
    """
    Remove a person and close their account; the file is kept and can be restored.

    :raises UnableToRemoveOneself: if it is one's own account.
    :raises UnableToRelease: if customers or other things still hang on the person.
    """
    close_account(staff, by=by, at=at, reason=reason)
    remove_record(staff, by=by, at=at, reason=reason)


@transaction.atomic
def restore_staff(staff: Staff, *, by: Staff, at: datetime, reason: str = "") -> None:
    """Bring a removed person's file back; the account stays closed until it is opened."""
    restore_record(staff, by=by, at=at, reason=reason)


def refuse_release(staff: Staff, *, by: Staff) -> None:
    """Pass in silence if nothing hangs on a person any more.

    The person's row is held, so that nothing is handed to them in the meantime.

    :raises UnableToRemoveOneself: if it is one's own account.
    :raises UnableToRelease: if something does.
    """
    if staff.pk == by.pk:
        raise UnableToRemoveOneself
    Staff.objects.select_for_update().get(pk=staff.pk)
    held = held_by("staff", staff)
    if held:
        raise UnableToRelease(staff.name, held)
