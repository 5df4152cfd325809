"""How every command of Dakehu speaks at the terminal: in the installation's language, briefly."""

from typing import Any, ClassVar

from django.core.management import BaseCommand
from django.utils.functional import Promise


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
