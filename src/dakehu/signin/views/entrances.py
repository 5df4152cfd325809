"""What every way in has in common: waiting for the second step, failures, and being let in."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from dakehu.signin.choices import Method
from dakehu.signin.values import WAITING, Entrance

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
DIRECTORY_BACKEND = "dakehu.signin.policies.DirectoryBackend"
WAITING_SECONDS = 300


def entrance_of(
    request: HttpRequest, *, method: str | None = None, is_proved_twice: bool = False
) -> Entrance:
    """Return how somebody comes in with this request; without a method, by which backend."""
    backend = request.session.get(BACKEND_SESSION_KEY, "")
    return Entrance(
        method=method or method_of(backend),
        address=request.META.get("REMOTE_ADDR") or None,
        user_agent=request.headers.get("User-Agent", ""),
        is_proved_twice=is_proved_twice,
    )


def method_of(backend: str) -> str:
    """Return what a log-in backend lets people in by."""
    return Method.DIRECTORY if backend == DIRECTORY_BACKEND else Method.PASSWORD


def let_in(
    request: HttpRequest, person: Any, *, entrance: Entrance, backend: str, url: str
) -> HttpResponse:
    """Begin the session of a person who has proved who they are, and go on."""
    request.entrance = entrance  # type: ignore[attr-defined]
    login(request, person, backend=backend)
    return HttpResponseRedirect(url)


def keep_waiting(request: HttpRequest, person: Any, url: str) -> None:
    """Keep for five minutes that somebody's password was right; they are not in yet."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "person": person.pk,
        "backend": person.backend,
        "url": url,
        "until": int(timezone.now().timestamp()) + WAITING_SECONDS,
    }


def waiting_in(request: HttpRequest) -> dict[str, Any] | None:
    """Return who waits for the second step in this session; nobody once it is too late."""
    waiting: dict[str, Any] | None = request.session.get(WAITING)
    if waiting and timezone.now().timestamp() < waiting["until"]:
        return waiting
    return None


def note_failure(request: HttpRequest, person: Any) -> None:
    """Count a wrong second step like a wrong password: after five the log-in is locked."""
    user_login_failed.send(
        sender=__name__, credentials={"username": person.username}, request=request
    )


def lock_of(request: HttpRequest, person: Any) -> HttpResponse | None:
    """Return the page that says how long to wait, if the log-in is locked."""
    credentials = {"username": person.username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return None
    answer: HttpResponse = get_lockout_response(request, credentials=credentials)
    return answer
