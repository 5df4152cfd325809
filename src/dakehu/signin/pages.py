"""What the pages of one's own account and of others' accounts show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts

from dakehu.signin import queries
from dakehu.signin.errors import UnableToManageAccount
from dakehu.signin.policies import needs_second_factor, require_manageable
from dakehu.signin.rules import device_of, is_password_due
from dakehu.signin.values import Device, Factors, PasswordState

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.signin.models import SignIn


@dataclass(frozen=True)
class SessionLine:
    """One session: what it runs on, and whether it is the one that looks at it."""

    sign_in: "SignIn"
    device: Device
    is_this: bool = False


@dataclass(frozen=True)
class PasswordPart:
    """What is known of a password: whether there is one, since when, due when, and the rules."""

    is_kept_here: bool
    is_due: bool
    must_change: bool
    changed_at: datetime | None
    due_at: datetime | None
    rules: list[str]


@dataclass(frozen=True)
class OwnPage:
    """One's own account."""

    person: "Staff"
    password: PasswordPart
    factors: Factors
    needs_factor: bool
    sessions: list[SessionLine]
    ended: list[SessionLine]
    identity: str


@dataclass(frozen=True)
class AccountPage:
    """Somebody else's account; ``refusal`` says why it may only be looked at."""

    person: "Staff"
    password: PasswordPart
    factors: Factors
    needs_factor: bool
    sessions: list[SessionLine]
    ended: list[SessionLine]
    identity: str
    failures: list[Any]
    is_locked: bool
    refusal: str


def own_page(person: "Staff", *, session_key: str, at: datetime) -> OwnPage:
    """Gather one's own account; the present session stands first."""
    lines = [
        SessionLine(sign_in, device_of(sign_in.user_agent), sign_in.session_key == session_key)
        for sign_in in queries.live_sessions(person, at=at)
    ]
    return OwnPage(
        person=person,
        password=password_page(person, at=at),
        factors=queries.factors_of(person),
        needs_factor=needs_second_factor(person),
        sessions=sorted(lines, key=lambda line: not line.is_this),
        ended=ended_lines(person),
        identity=queries.identity_of(person),
    )


def account_page(person: "Staff", *, actor: "Staff", at: datetime) -> AccountPage:
    """Gather somebody else's account."""
    failures = list(queries.failures_of(person))
    return AccountPage(
        person=person,
        password=password_page(person, at=at),
        factors=queries.factors_of(person),
        needs_factor=needs_second_factor(person),
        sessions=[
            SessionLine(sign_in, device_of(sign_in.user_agent))
            for sign_in in queries.live_sessions(person, at=at)
        ],
        ended=ended_lines(person),
        identity=queries.identity_of(person),
        failures=failures,
        is_locked=any(is_locking(failure, at=at) for failure in failures),
        refusal=refusal_for(person, actor),
    )


def password_page(person: "Staff", *, at: datetime) -> PasswordPart:
    """Gather what is known of a person's password."""
    changed_at, days = person.password_changed_at, settings.PASSWORD_DAYS
    state = PasswordState(person.must_change_password, changed_at, days)
    return PasswordPart(
        is_kept_here=person.has_usable_password(),
        is_due=is_password_due(state, at=at),
        must_change=person.must_change_password,
        changed_at=changed_at,
        due_at=changed_at + timedelta(days=days) if changed_at and days else None,
        rules=password_validators_help_texts(),
    )


def ended_lines(person: "Staff") -> list[SessionLine]:
    """Return a person's sessions that ended last."""
    return [
        SessionLine(sign_in, device_of(sign_in.user_agent))
        for sign_in in queries.ended_sessions(person)
    ]


def is_locking(failure: Any, *, at: datetime) -> bool:
    """Tell whether failed log-ins from one place keep the person out at this moment."""
    until = failure.attempt_time + timedelta(hours=settings.AXES_COOLOFF_TIME)
    return failure.failures_since_start >= settings.AXES_FAILURE_LIMIT and at < until


def refusal_for(person: "Staff", actor: "Staff") -> str:
    """Return why the actor may not manage an account; nothing if they may."""
    try:
        require_manageable(person, by=actor)
    except UnableToManageAccount as refusal:
        return str(refusal)
    return ""
