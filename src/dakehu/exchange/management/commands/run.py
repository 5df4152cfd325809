"""`dakehu run`: the web pages, in the foreground, ready at the first start, with a worker."""

import os
import socket
from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces

from dakehu.exchange.jobs import readiness
from dakehu.exchange.jobs.beside import Beside
from dakehu.ui.commands import WordedCommand, refuse_unusable_address

# Seconds in which the processes that answer may finish what they are at.
GRACE = 15


class Command(WordedCommand):
    purpose = gettext_lazy("Serve the web pages in the foreground; stop with Ctrl+C.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on"))
        parser.add_argument("--port", type=int, default=8000, help=_("port to listen on"))
        parser.add_argument("--workers", type=int, default=1, help=_("processes that answer"))
        parser.add_argument(
            "--background",
            action=BooleanOptionalAction,
            default=True,
            help=_("do the background work as well, by one worker beside the server"),
        )
        parser.add_argument(
            "--stream-port",
            type=int,
            help=_("port on which open pages are told what cannot wait; 0 for none"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unusable_address(options["host"], options["port"])
        readiness.make_ready(settings.HOME, self.stdout.write)
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write(_("Dakehu answers at %(address)s") % {"address": address})
        with ExitStack() as beside:
            if options["background"]:
                beside.enter_context(Beside("worker"))
            if options["stream_port"] != 0:
                beside.enter_context(stream_beside(options))
            self.serve(options)

    def serve(self, options: Any) -> None:
        """Answer requests until told to stop."""
        server = Granian(
            "dakehu.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=4,
            log_access=False,
            # A process that holds on to a connection must not keep the service from ending.
            workers_kill_timeout=GRACE,
        )
        server.serve()


@contextmanager
def stream_beside(options: Any) -> Iterator[None]:
    """Hold the streams of open pages beside the server, and let the server know the port."""
    with listener_for(options["host"], options["port"], options["stream_port"]) as listener:
        settings.LIVE_PORT = listener.getsockname()[1]
        os.environ["DAKEHU_LIVE_PORT"] = str(settings.LIVE_PORT)
        number = listener.fileno()
        words = ("stream", "--socket", str(number))
        with Beside(*words, sockets=[number], pause=1.0, grace=5.0):
            yield


def listener_for(host: str, site_port: int, wanted: int | None) -> socket.socket:
    """Return a socket for the streams: on the port that was asked for, else beside the site's.

    :raises CommandError: if the port that was asked for is taken.
    """
    ports = (site_port + 1, 0) if wanted is None else (wanted,)
    for port in ports:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return socket.create_server((host, port), family=family, backlog=2048)
        except OSError:
            continue
    raise CommandError(
        _("Port %(port)s is taken; name another, or 0 for none.") % {"port": wanted}
    )
