"""What Django tells of log-in and log-out becomes a session with its place in the list."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from dakehu.signin import operations
from dakehu.signin.choices import Ending
from dakehu.signin.values import (
    IS_PROVED_TWICE,
    METHOD,
    PROVED_AT,
    SEEN_AT,
    WAITING,
)
from dakehu.signin.views.entrances import entrance_of


def begin(sender: Any, request: HttpRequest, user: Any, **signal: Any) -> None:
    """Stamp the session with how it began and when it ends at the latest, and list it."""
    # Django's signals do not say when; they are sent from the screens themselves.
    at = timezone.now()  # noqa: TID251
    entrance = getattr(request, "entrance", None) or entrance_of(request)
    session = request.session
    session.pop(WAITING, None)
    session[METHOD], session[IS_PROVED_TWICE] = entrance.method, entrance.is_proved_twice
    session[SEEN_AT] = session[PROVED_AT] = int(at.timestamp())
    # An instant, not a length: a length would begin anew whenever the session is written.
    session.set_expiry(at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    if session.session_key is None:
        session.create()
    operations.begin_session(
        staff=user, session_key=session.session_key or "", entrance=entrance, at=at
    )


def end(sender: Any, request: HttpRequest, user: Any, **signal: Any) -> None:
    """Note that a person logged out."""
    key = request.session.session_key
    if key:
        at = timezone.now()  # noqa: TID251
        operations.end_own_session(session_key=key, ending=Ending.LOGGED_OUT, at=at)
