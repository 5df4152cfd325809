"""Sessions: begun, seen, ended by their owner, by an administrator, or because nobody is there."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.signin.choices import Ending
from dakehu.signin.models import SignIn
from dakehu.signin.values import Entrance

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def begin_session(*, staff: "Staff", session_key: str, entrance: Entrance, at: datetime) -> SignIn:
    """Note that a person came in; that they signed in at all is kept by the audit."""
    sign_in, _created = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "staff": staff,
            "method": entrance.method,
            "is_proved_twice": entrance.is_proved_twice,
            "address": entrance.address,
            "user_agent": entrance.user_agent[:300],
            "signed_in_at": at,
            "last_seen_at": at,
            "ended_at": None,
            "ending": "",
        },
    )
    return sign_in


def note_presence(*, session_key: str, at: datetime) -> None:
    """Note that somebody was at the screen of a session."""
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(last_seen_at=at)


def follow_session(*, old_key: str, new_key: str) -> None:
    """Keep knowing a session that was given another key, as after a change of password."""
    SignIn.objects.filter(session_key=old_key).update(session_key=new_key)


@transaction.atomic
def end_own_session(*, session_key: str, ending: Ending, at: datetime) -> None:
    """Note the end of a session by its owner, or because nobody was there."""
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(
        ended_at=at, ending=ending
    )
    Session.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_session(*, sign_in: SignIn, by: "Staff", at: datetime) -> int:
    """End one session of a person from another place; returns 0 if it had ended already."""
    keys = SignIn.objects.filter(pk=sign_in.pk, ended_at=None).values_list(
        "session_key", flat=True
    )
    return end_keys(list(keys), staff=sign_in.staff, ending=Ending.REVOKED, by=by, at=at)


@transaction.atomic
def end_sessions(*, staff: "Staff", ending: Ending, by: "Staff | None", at: datetime) -> int:
    """End all sessions of a person; returns how many there were."""
    return end_keys(live_keys(staff, at=at), staff=staff, ending=ending, by=by, at=at)


@transaction.atomic
def end_other_sessions(
    *, staff: "Staff", session_key: str, ending: Ending, by: "Staff", at: datetime
) -> int:
    """End all sessions of a person but one; returns how many there were."""
    keys = [key for key in live_keys(staff, at=at) if key != session_key]
    return end_keys(keys, staff=staff, ending=ending, by=by, at=at)


def live_keys(staff: "Staff", *, at: datetime) -> list[str]:
    """Return the keys of a person's sessions that still let somebody in."""
    known = SignIn.objects.filter(staff=staff, ended_at=None).values("session_key")
    live = Session.objects.filter(session_key__in=known, expire_date__gt=at)
    return list(live.values_list("session_key", flat=True))


def end_keys(
    keys: list[str], *, staff: "Staff", ending: Ending, by: "Staff | None", at: datetime
) -> int:
    """End sessions by their keys, and record how many."""
    if not keys:
        return 0
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).update(ended_at=at, ending=ending)
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=staff,
        fields={"sessions": (len(keys), 0)},
        by=by,
        at=at,
        reason=str(ending.value),
    )
    return len(keys)


def forget_sign_ins(*, before: datetime, at: datetime) -> int:
    """
    Forget sign-ins that were last seen before an instant, and sessions that are over at ``at``.

    The audit still knows that people signed in. Returns how many sign-ins were forgotten.
    """
    Session.objects.filter(expire_date__lt=at).delete()
    return SignIn.objects.filter(last_seen_at__lt=before).delete()[0]
