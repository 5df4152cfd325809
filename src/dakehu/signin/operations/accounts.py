"""Accounts: suspended, allowed, unlocked, tied to an identity of the single sign-on (F12)."""

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from axes.utils import reset
from django.db import transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change, save_record
from dakehu.signin.choices import PROVIDER, Ending
from dakehu.signin.operations.sessions import end_sessions
from dakehu.signin.policies import require_manageable

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def suspend_account(*, staff: "Staff", by: "Staff", at: datetime, reason: str = "") -> None:
    """
    Keep a person out from this moment on, and end their sessions; their customers stay theirs.

    Whoever leaves hands over first, on the page of the person; this does not wait for it.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    staff.is_active = False
    save_record(staff, by=by, at=at, reason=reason)
    end_sessions(staff=staff, ending=Ending.CLOSED, by=by, at=at)


@transaction.atomic
def allow_account(*, staff: "Staff", by: "Staff", at: datetime, reason: str = "") -> None:
    """
    Let a person log in again with the password they have.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    staff.is_active = True
    save_record(staff, by=by, at=at, reason=reason)


@transaction.atomic
def unlock_account(*, staff: "Staff", by: "Staff", at: datetime) -> int:
    """
    Forget the failed log-ins of a person, so that they need not wait; returns how many.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    forgotten: int = reset(username=staff.username)
    if forgotten:
        record_change(
            verb=ChangeVerb.CHANGED,
            subject=staff,
            fields={"failed_log_ins": (forgotten, 0)},
            by=by,
            at=at,
        )
    return forgotten


@transaction.atomic
def tie_identity(*, staff: "Staff", subject: str, at: datetime) -> None:
    """Tie an account to the lasting number that the single sign-on knows the person by."""
    SocialAccount.objects.create(user=staff, provider=PROVIDER, uid=subject)
    fields = {"single_sign_on": ("", subject)}
    record_change(verb=ChangeVerb.CHANGED, subject=staff, fields=fields, by=staff, at=at)


@transaction.atomic
def untie_identity(*, staff: "Staff", by: "Staff", at: datetime) -> int:
    """
    Untie an account from the single sign-on; returns 0 if it was not tied.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    tied = SocialAccount.objects.filter(user=staff, provider=PROVIDER)
    old = ", ".join(tied.values_list("uid", flat=True))
    count: int = tied.delete()[0]
    if count:
        fields = {"single_sign_on": (old, "")}
        record_change(verb=ChangeVerb.CHANGED, subject=staff, fields=fields, by=by, at=at)
    return count
