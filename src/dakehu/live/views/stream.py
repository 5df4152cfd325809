"""
The stream of one open page, as an application of its own (server-sent events, W14).

It knows one address. Who listens is told by the session of the site; the answer is ``news``
whenever something rings, and a comment now and then so that nobody on the way takes the
connection for dead. Other sites may not listen: their pages are refused by their origin.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from dakehu.live.jobs import HUB, Ear, has_news
from dakehu.signin.policies import duty_of
from dakehu.signin.queries import attentive_sessions
from dakehu.signin.values import IS_PROVED_TWICE, METHOD
from dakehu.ui.streams import STREAM_PATH

PING = 15.0
"""Seconds after which a quiet stream says that it is there."""

RETRY_MS = 2000
"""After so long a page comes back when its stream broke off."""

NEWS = b"event: news\ndata: 1\n\n"
QUIET = b": still here\n\n"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True)
class Listener:
    """Who listens, by which session, and whether something rings already."""

    staff_id: int
    session_key: str
    has_news: bool


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one page; begin and end with the server."""
    if scope["type"] == "lifespan":
        await live(receive, send)
    elif scope["type"] == "http":
        await answer(scope, receive, send)


async def live(receive: Receive, send: Send) -> None:
    """Watch from the server's start to its end."""
    await receive()
    HUB.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    HUB.end()
    await HUB.stop()
    await send({"type": "lifespan.shutdown.complete"})


async def answer(scope: Message, receive: Receive, send: Send) -> None:
    """Answer a request: a stream to who may listen, else why not."""
    headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}
    status = refusal_of(scope, headers)
    if status:
        await refuse(send, status)
        return
    cookies = parse_cookie(headers.get("cookie", ""))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    listener = await HUB.ask(listener_of, key) if key else None
    if listener is None:
        await refuse(send, 403)
        return
    ear = Ear(listener.session_key, listener.staff_id)
    HUB.add(ear)
    if listener.has_news:
        ear.ring()
    try:
        await send(start(200, headers_for(headers)))
        await tell(ear, receive, send)
    finally:
        HUB.remove(ear)


def refusal_of(scope: Message, headers: dict[str, str]) -> int:
    """Return the status of a refusal that needs no look at the records; 0 if there is none."""
    if scope["path"] != STREAM_PATH:
        return 404
    if scope["method"] != "GET":
        return 405
    host, _port = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        return 400
    if not is_own(headers.get("origin"), host):
        return 403
    return 503 if HUB.count >= settings.LIVE_MOST else 0


def is_own(origin: str | None, host: str) -> bool:
    """Tell whether the page that asks was opened by the name by which the stream is asked."""
    return origin is None or urlsplit(origin).hostname == host.strip("[]")


def headers_for(asked: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a stream: kept by nobody, buffered by nobody, read by its own page."""
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    if origin := asked.get("origin"):
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
    return headers


def listener_of(session_key: str) -> Listener | None:
    """Return who listens by a session, as a page would be answered; nobody if it ended."""
    at = timezone.now()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    staff: Any = get_user(request)
    if not staff.is_authenticated or not attentive_sessions([session_key], at=at):
        return None
    proof = {"is_proved_twice": request.session.get(IS_PROVED_TWICE, False), "at": at}
    if duty_of(staff, method=request.session.get(METHOD, ""), **proof):
        return None
    return Listener(staff.pk, session_key, has_news(staff, at))


async def tell(ear: Ear, receive: Receive, send: Send) -> None:
    """Say what there is to say until the page goes away or may hear no more."""
    gone = asyncio.ensure_future(until_gone(receive))
    await send(part(f"retry: {RETRY_MS}\n\n".encode()))
    try:
        while not ear.is_over and not gone.done():
            news = asyncio.ensure_future(ear.news.wait())
            await asyncio.wait((news, gone), timeout=PING, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if ear.is_over or gone.done():
                break
            words = NEWS if ear.news.is_set() else QUIET
            ear.news.clear()
            await send(part(words))
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def until_gone(receive: Receive) -> None:
    """Wait until the page has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Send, status: int) -> None:
    """Answer with a status and nothing else."""
    await send(start(status, [(b"content-length", b"0"), (b"cache-control", b"no-store")]))
    await send({"type": "http.response.body", "body": b""})


def start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    """Return the beginning of an answer."""
    return {"type": "http.response.start", "status": status, "headers": headers}


def part(words: bytes) -> Message:
    """Return a part of an answer that goes on."""
    return {"type": "http.response.body", "body": words, "more_body": True}
