"""Every request of a signed-in person: is somebody still there, and is something due first?"""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from dakehu.signin import operations
from dakehu.signin.choices import Duty, Ending
from dakehu.signin.policies import duty_of
from dakehu.signin.rules import is_idle
from dakehu.signin.values import IS_PROVED_TWICE, METHOD, SEEN_AT

Answer = Callable[[HttpRequest], HttpResponse]

# What a page fetches by itself while nobody touches it says so (ui/idle.js).
BACKGROUND_HEADER = "X-Dakehu-Background"
RENEWED_SECONDS = 60

# Where a duty is done, and what stays possible meanwhile.
DUTY_URLS = {Duty.PASSWORD: "signin:password", Duty.SECOND_FACTOR: "signin:app_add"}
OPEN_URLS = frozenset(
    {
        "signin:password",
        "signin:app_add",
        "signin:passkey_add",
        "signin:codes",
        "signin:confirm",
        "signin:presence",
        "ui:logout",
        "ui:language",
        "ui:theme",
    }
)


class IdleMiddleware:
    """Ends a session when nobody was at the screen for DAKEHU_IDLE_MINUTES.

    Presence is kept in the session and written at most once a minute, so that a request costs
    nothing more. What a page fetches by itself does not count.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY not in request.session:
            return self.get_response(request)
        at = timezone.now()
        seen_at = seen_in(request) or at
        if is_idle(seen_at, minutes=settings.IDLE_MINUTES, at=at):
            return self.answer_after_end(request, at)
        if is_renewed(request, seen_at, at):
            request.session[SEEN_AT] = int(at.timestamp())
            operations.note_presence(session_key=request.session.session_key or "", at=at)
        return self.get_response(request)

    def answer_after_end(self, request: HttpRequest, at: datetime) -> HttpResponse:
        """End the session, and answer as to somebody who never signed in; say why at log-in."""
        key = request.session.session_key or ""
        operations.end_own_session(session_key=key, ending=Ending.IDLE, at=at)
        request.session.flush()
        request.user = AnonymousUser()
        response = self.get_response(request)
        login_url = resolve_url(settings.LOGIN_URL)
        for header in ("Location", "HX-Redirect"):
            if response.headers.get(header, "").startswith(f"{login_url}?"):
                response[header] += "&because=idle"
        return response


def seen_in(request: HttpRequest) -> datetime | None:
    """Return when somebody was last at the screen, as the session knows it."""
    seen = request.session.get(SEEN_AT)
    return datetime.fromtimestamp(seen, UTC) if isinstance(seen, int) else None


def is_renewed(request: HttpRequest, seen_at: datetime, at: datetime) -> bool:
    """Tell whether a request shows anew that somebody is there."""
    if SEEN_AT not in request.session:
        return True
    is_background = BACKGROUND_HEADER in request.headers
    return not is_background and (at - seen_at).total_seconds() >= RENEWED_SECONDS


class DutyMiddleware:
    """Leads a person whose password is due, or who lacks a second factor, there first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, arguments: object, options: object
    ) -> HttpResponse | None:
        """Answer with the way to the duty, unless the person is on it."""
        match = request.resolver_match
        if not request.user.is_authenticated or match is None or match.view_name in OPEN_URLS:
            return None
        duty = duty_of(
            request.user,
            method=request.session.get(METHOD, ""),
            is_proved_twice=request.session.get(IS_PROVED_TWICE, False),
            at=timezone.now(),
        )
        if duty is None:
            return None
        return to_duty(request, resolve_url(DUTY_URLS[duty]))


def to_duty(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to a duty; what a page on the way there fetches by itself gets nothing."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(url)
    here = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    if is_open(here):
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(url)


def is_open(path: str) -> bool:
    """Tell whether the page at a path may be looked at before the duty is done."""
    try:
        return resolve(urlsplit(path).path).view_name in OPEN_URLS
    except Resolver404:
        return False
