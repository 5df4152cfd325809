"""The ``dakehu`` command: Dakehu's own commands in words, all of Django's behind them."""

import os
import sys
from importlib.metadata import version

HELP_WORDS = {"--help", "-h"}


def main() -> None:
    """Run one command; without one, or with --help alone, print the commands by purpose."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    from django.core.management import execute_from_command_line

    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"dakehu {version('dakehu')}\n")
        return
    if len(sys.argv) == 1 or (len(sys.argv) == 2 and sys.argv[1] in HELP_WORDS):
        sys.argv[1:] = ["commands"]
    execute_from_command_line(sys.argv)
