"""Passwords: chosen by their owner, or given by an administrator for the first log-in."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from dakehu.people.operations import set_password
from dakehu.signin.choices import Ending
from dakehu.signin.errors import UnableToChangePassword
from dakehu.signin.models import UsedPassword
from dakehu.signin.operations.factors import drop_factors
from dakehu.signin.operations.sessions import end_other_sessions, end_sessions
from dakehu.signin.policies import require_manageable
from dakehu.signin.policies.passwords import PASSWORDS_REMEMBERED

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# Without characters that look alike when somebody reads them out.
ALPHABETS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
GIVEN_LENGTH = 14


@transaction.atomic
def choose_password(*, staff: "Staff", password: str, session_key: str, at: datetime) -> None:
    """
    Let a person choose a new password; their other sessions end.

    :raises UnableToChangePassword: if it breaks a rule; the reasons are sentences.
    """
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise UnableToChangePassword(error.messages) from error
    remember_password(staff, at=at)
    set_password(staff=staff, password=password, by=staff, at=at)
    end_other_sessions(
        staff=staff, session_key=session_key, ending=Ending.PASSWORD, by=staff, at=at
    )


@transaction.atomic
def give_password(*, staff: "Staff", by: "Staff", at: datetime) -> str:
    """
    Give a person a password to log in with once; it has to be changed then. All sessions end.

    Returns the password, which is shown once and stored nowhere.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    return hand_out(staff, by=by, at=at)


@transaction.atomic
def restore_access(*, staff: "Staff", without_factors: bool, at: datetime) -> str:
    """
    Give whoever keeps the machine a password for a person, on nobody's behalf.

    The account is open afterwards, without failed log-ins and, if so wished, without second
    factors; for the case that no administrator is left who can log in.
    """
    staff.is_active = True
    reset(username=staff.username)
    if without_factors:
        drop_factors(staff, by=None, at=at)
    return hand_out(staff, by=None, at=at)


def hand_out(staff: "Staff", *, by: "Staff | None", at: datetime) -> str:
    """Set a random password that has to be changed, and end all sessions."""
    password = random_password()
    remember_password(staff, at=at)
    set_password(staff=staff, password=password, by=by, at=at, must_change=True)
    end_sessions(staff=staff, ending=Ending.PASSWORD, by=by, at=at)
    return password


def random_password() -> str:
    """Return a password of small letters, capitals and digits, each of them at least once."""
    letters = [secrets.choice(alphabet) for alphabet in ALPHABETS]
    letters += [
        secrets.choice("".join(ALPHABETS)) for _place in range(GIVEN_LENGTH - len(letters))
    ]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def remember_password(staff: "Staff", *, at: datetime) -> None:
    """Keep the present password's hash, so that it is not taken again too soon."""
    if not staff.has_usable_password():
        return
    UsedPassword.objects.create(staff=staff, password=staff.password, kept_at=at)
    kept = UsedPassword.objects.filter(staff=staff).order_by("-kept_at", "-pk")
    newest = list(kept.values_list("pk", flat=True)[: PASSWORDS_REMEMBERED - 1])
    UsedPassword.objects.filter(staff=staff).exclude(pk__in=newest).delete()
