"""`dakehu stream`: tells open pages that something cannot wait, in the foreground."""

import asyncio
import resource
import signal
import socket
from argparse import SUPPRESS, ArgumentParser
from typing import Any

import uvicorn
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.live.jobs import HUB, stay_beside
from dakehu.ui.commands import WordedCommand

GRACE = 3
"""Seconds in which streams that were told to end may do so."""


class StreamServer(uvicorn.Server):
    """Ends its streams before it waits for them."""

    beside: int | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.beside is not None:
            self.watch = asyncio.ensure_future(stay_beside(self.beside, self.leave))

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        HUB.end()

    def leave(self) -> None:
        """End as if told to."""
        self.should_exit = True
        HUB.end()


class Command(WordedCommand):
    purpose = gettext_lazy("Tell open pages what cannot wait; `dakehu run` starts it by itself.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on"))
        parser.add_argument("--port", type=int, default=8001, help=_("port to listen on"))
        # For `dakehu run`: the socket it listens on, and the process without which to end.
        parser.add_argument("--socket", type=int, help=SUPPRESS)
        parser.add_argument("--beside", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        allow_many_connections()
        listener = listen(options["host"], options["port"], options["socket"])
        config = uvicorn.Config(
            "dakehu.live.views.stream:application",
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
        )
        server = StreamServer(config)
        server.beside = options["beside"]
        if options["beside"] is None:
            self.stdout.write(_("Open pages are told what cannot wait."))
        for number in (signal.SIGTERM, signal.SIGINT):
            # The server hands the signal on once it has ended; nothing is left to do then.
            signal.signal(number, lambda *_arguments: None)
        server.run(sockets=[listener])


def listen(host: str, port: int, number: int | None) -> socket.socket:
    """Return the socket to listen on: the one that was handed over, or a new one.

    :raises CommandError: if the address is taken.
    """
    if number is not None:
        return socket.socket(fileno=number)
    try:
        return socket.create_server((host, port), backlog=2048)
    except OSError as error:
        words = _("%(host)s:%(port)s cannot be listened on: %(error)s")
        raise CommandError(
            words % {"host": host, "port": port, "error": error.strerror}
        ) from error


def allow_many_connections() -> None:
    """Let the process have as many open connections as the system permits it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
