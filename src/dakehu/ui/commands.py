"""How every command of Dakehu speaks at the terminal: in the installation's language, briefly."""

import socket
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class WordedCommand(BaseCommand):
    """A command whose help is translated and leaves out Django's own knobs.

    ``purpose`` is the sentence that ``dakehu --help`` shows.
    """

    purpose: ClassVar[str | Promise] = ""
    requires_system_checks: list[str] = []
    suppressed_base_arguments = {
        "--version",
        "--settings",
        "--pythonpath",
        "--force-color",
        "--no-color",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # argparse takes plain text only; by now the language is known.
        self.help = str(self.purpose)


def refuse_unusable_address(host: str, port: int) -> None:
    """
    Make sure that somebody can listen at an address, before anything long begins.

    :raises CommandError: if nobody can: the address is taken, forbidden, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # A server that has just ended leaves its address behind for a while.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as error:
            words = _(
                "Nobody can listen at %(host)s, port %(port)s: %(error)s. End what listens there, "
                "or choose another port: --port %(other)s"
            )
            other = port + 1 if 1024 <= port < 65535 else 8001
            told = {"host": host, "port": port, "error": error, "other": other}
            raise CommandError(words % told, returncode=2) from error
