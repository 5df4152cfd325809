"""`dakehu export`: the results of an evaluated day, or the working days, as a file."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dakehu.exchange.choices import ExitCode
from dakehu.exchange.errors import UnableToRun
from dakehu.exchange.jobs import exporting, readiness
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.management.running import ExchangeCommand, day_argument


class Command(ExchangeCommand):
    purpose = gettext_lazy(
        "Write signals or card levels of a day, or the working days, to a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        alerts = kinds.add_parser("alerts", help=_("signals of the twelve warnings"))
        standings = kinds.add_parser("standings", help=_("card levels of managed customers"))
        standings.add_argument("--scheme", choices=["card-level"], default="card-level")
        for kind in (alerts, standings):
            kind.add_argument(
                "--date", type=day_argument, required=True, help=_("data day YYYY-MM-DD")
            )
            kind.add_argument(
                "--out", type=Path, required=True, help=_("file ending in .csv or .parquet")
            )
        workdays = kinds.add_parser("workdays", help=_("which days are worked"))
        for name, dest, words in (
            ("--from", "first", _("first day YYYY-MM-DD")),
            ("--to", "last", _("last day YYYY-MM-DD")),
        ):
            workdays.add_argument(name, dest=dest, type=day_argument, required=True, help=words)
        workdays.add_argument("--out", type=Path, required=True, help=_("file ending in .csv"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_in_words():
                count = self.write(options)
        except UnableToRun as refusal:
            self.end_with(refusal, refusal.exit_code)
        except Exception as error:
            if options["traceback"]:
                raise
            self.end_with(error, ExitCode.UNEXPECTED)
        else:
            self.stdout.write(
                ngettext("%(count)s row → %(file)s", "%(count)s rows → %(file)s", count)
                % {"count": f"{count:,}", "file": options["out"]}
            )

    def write(self, options: dict[str, Any]) -> int:
        """Write what is asked for, and return how many rows it has."""
        if options["what"] == "workdays":
            return self.write_workdays(options["first"], options["last"], options["out"])
        readiness.make_ready(settings.HOME, self.stderr.write)
        write = exporting.export_signals
        if options["what"] == "standings":
            write = exporting.export_card_levels
        return write(options["date"], options["out"])

    def write_workdays(self, first: date, last: date, out: Path) -> int:
        """Write working days, and tell which years are provisional."""
        count, provisional = exporting.export_workdays(first, last, out)
        for year in provisional:
            self.stderr.write(
                _("The holidays of %(year)s are not announced yet; its make-up days are missing.")
                % {"year": year}
            )
        return count
