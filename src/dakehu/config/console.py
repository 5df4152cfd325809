"""The ``dakehu`` command: Dakehu's own commands in words, all of Django's behind them."""

import os
import sys


def main() -> None:
    """Run one command; without one, or with --help, print the commands grouped by purpose."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) == 1 or sys.argv[1] in {"--help", "-h", "help"} and len(sys.argv) == 2:
        sys.argv[1:] = ["commands"]
    execute_from_command_line(sys.argv)
