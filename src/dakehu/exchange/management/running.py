"""What the commands of the exchange share: words, exit codes, inbox and outbox, the summary."""

import json
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _

from dakehu.exchange.choices import ExitCode, RunState
from dakehu.exchange.errors import UnableToRun
from dakehu.exchange.jobs import nightly, orders, reporting, wording
from dakehu.ui.commands import WordedCommand


def day_argument(text: str) -> date:
    """Read a day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("write the day as YYYY-MM-DD")) from error


def exit_codes() -> str:
    """Describe the exit codes, for the end of the help text."""
    meanings = {
        ExitCode.DONE: _("done; cities that did not deliver are named in the summary"),
        ExitCode.UNEXPECTED: _("something unexpected; --traceback shows where"),
        ExitCode.BAD_USAGE: _("the command was called wrongly"),
        ExitCode.ALREADY_RUNNING: _("another run is under way"),
        ExitCode.PLACE_UNREACHABLE: _("inbox or outbox cannot be reached; run again later"),
        ExitCode.DATABASE_UNWRITABLE: _("the records database cannot be written"),
        ExitCode.HOME_UNWRITABLE: _("the installation's folder cannot be written, or is full"),
        ExitCode.WOULD_BE_REFUSED: _("checked: some of it would be refused or waited for"),
        ExitCode.STOPPED: _("stopped by Ctrl+C; the next run goes on from there"),
    }
    lines = [_("exit codes:"), *(f"  {code:>3d}  {words}" for code, words in meanings.items())]
    return "\n".join(lines)


class ExchangeCommand(WordedCommand):
    """A command that ends with one of the documented exit codes."""

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        options.setdefault("epilog", exit_codes())
        options.setdefault("formatter_class", RawDescriptionHelpFormatter)
        self.parser = super().create_parser(prog_name, subcommand, **options)
        return self.parser

    def end_with(self, error: Exception, code: ExitCode, *, as_json: bool = False) -> None:
        """Say what went wrong and end with its exit code.

        :raises CommandError: always; Django prints its words and exits with the code.
        """
        words = str(error)
        if code == ExitCode.UNEXPECTED:
            words = _("Unexpected: %(kind)s: %(words)s. --traceback shows where.") % {
                "kind": type(error).__name__,
                "words": words,
            }
        if as_json:
            failed = {"state": RunState.FAILED, "exit_code": code, "error": words}
            self.stdout.write(json.dumps(failed, ensure_ascii=False))
        raise CommandError(words, returncode=code) from error


class RunCommand(ExchangeCommand):
    """A command that makes a run and prints its summary."""

    def add_run_arguments(self, parser: CommandParser) -> None:
        """Add what every run takes: its places and the form of its summary."""
        parser.add_argument(
            "--inbox",
            default=settings.INBOX_URL,
            help=_("folder, sftp:// or ftp:// address of the deliveries"),
        )
        parser.add_argument(
            "--outbox",
            default=settings.OUTBOX_URL,
            help=_("folder, sftp:// or ftp:// address for receipts"),
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=_("print nothing but the summary, as one line of JSON"),
        )

    def places(self, options: dict[str, Any]) -> orders.Places:
        """Return where deliveries come from and receipts go to."""
        return orders.Places(inbox=options["inbox"], outbox=options["outbox"])

    def order(self, options: dict[str, Any]) -> orders.RunOrder:
        """Return what the run is to do."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = nightly.run(self.order(options), reporter=reporting.terminal())
        except UnableToRun as refusal:
            self.end_with(refusal, refusal.exit_code, as_json=options["json"])
        except KeyboardInterrupt:
            words = _("Stopped. What was taken so far is kept; the next run goes on from there.")
            self.end_with(UnableToRun(words), ExitCode.STOPPED, as_json=options["json"])
        except Exception as error:
            if options["traceback"]:
                raise
            self.end_with(error, ExitCode.UNEXPECTED, as_json=options["json"])
        else:
            if options["json"]:
                self.stdout.write(json.dumps(summary, ensure_ascii=False))
            else:
                self.stdout.write(wording.summary_in_words(summary))
