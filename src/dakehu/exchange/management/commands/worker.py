"""`dakehu worker`: the background work, in the foreground; the site's pages only ask for it."""

import signal
from argparse import SUPPRESS
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.exchange.jobs import readiness
from dakehu.exchange.jobs.working import Shift
from dakehu.ui.commands import WordedCommand

STOPS = (signal.SIGTERM, signal.SIGINT)


class Command(WordedCommand):
    purpose = gettext_lazy("Do the background work: exports, imports, moves; stop with Ctrl+C.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle",
            action="store_true",
            help=_("end as soon as nothing is left to do"),
        )
        # For `dakehu run`: the process without which the worker is not wanted.
        parser.add_argument("--beside", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        readiness.make_ready(settings.HOME, self.stdout.write)
        shift = Shift(home=settings.HOME, beside=options["beside"])
        with translation.override(settings.LANGUAGE_CODE), self.stopped_by_signals(shift):
            if options["beside"] is None:
                self.stdout.write(_("The worker is ready."))
            shift.work(until_idle=options["until_idle"])

    @contextmanager
    def stopped_by_signals(self, shift: Shift) -> Iterator[None]:
        """Let a first signal end the shift after the task in hand, and a second one at once."""

        def stop(number: int, frame: FrameType | None) -> None:
            if shift.stopping.is_set():
                raise KeyboardInterrupt
            shift.stop()
            if shift.beside is None:
                self.stdout.write(_("Stopping after the task in hand; again to stop at once."))

        before = {number: signal.signal(number, stop) for number in STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
