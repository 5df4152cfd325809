"""`dakehu run`: the web pages, in the foreground, ready at the first start, with a worker."""

from argparse import ArgumentParser, BooleanOptionalAction
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces

from dakehu.exchange.jobs import readiness
from dakehu.exchange.jobs.beside import WorkerBeside
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

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unusable_address(options["host"], options["port"])
        readiness.make_ready(settings.HOME, self.stdout.write)
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write(_("Dakehu answers at %(address)s") % {"address": address})
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
        with WorkerBeside() if options["background"] else nullcontext():
            server.serve()
