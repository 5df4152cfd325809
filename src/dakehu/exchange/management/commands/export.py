"""`dakehu export`: the results of an evaluated day as a file."""

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
    purpose = gettext_lazy("Write the alerts' signals or the card levels of a day to a file.")

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

    def handle(self, *args: Any, **options: Any) -> None:
        write = exporting.export_signals
        if options["what"] == "standings":
            write = exporting.export_card_levels
        try:
            with told_in_words():
                readiness.make_ready(settings.HOME, self.stderr.write)
                count = write(options["date"], options["out"])
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
