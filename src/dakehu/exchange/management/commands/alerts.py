"""`dakehu alerts backtest`: how numbers of the warnings would have done over past days."""

import json
import sys
from typing import Any

from django.core.management import CommandError, CommandParser
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import Rule, TrialKind
from dakehu.alerts.errors import UnableToTryNumbers
from dakehu.exchange.jobs import trying
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.management.running import ExchangeCommand, day_argument


class Command(ExchangeCommand):
    purpose = gettext_lazy("Try numbers of the warnings on past days, against what then happened.")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="backtest")
        backtest = what.add_parser("backtest", help=_("replay a version over past days"))
        backtest.add_argument("--from", dest="first", type=day_argument, required=True)
        backtest.add_argument("--to", dest="last", type=day_argument, required=True)
        backtest.add_argument("--version", type=int, help=_("version; else the one in force"))
        backtest.add_argument("--horizon", type=int, default=30, help=_("days to look ahead"))
        backtest.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["version"] or queries.book_on(timezone.localdate()).version
        wish = operations.Wish(
            TrialKind.BACKTEST,
            number,
            options["first"],
            options["last"],
            options["horizon"],
        )
        try:
            with told_in_words():
                trial = operations.ask_for_trial(wish=wish, by=None, at=timezone.now())
        except UnableToTryNumbers as refusal:
            raise CommandError(str(refusal)) from refusal
        except Http404 as unknown:
            raise CommandError(
                _("There is no version %(number)s.") % {"number": number}
            ) from unknown
        trying.work_out.call(trial.pk)
        trial.refresh_from_db()
        if trial.error:
            raise CommandError(trial.error)
        self.tell(trial, as_json=options["json"])

    def tell(self, trial: Any, *, as_json: bool) -> None:
        """Print what was found."""
        if as_json:
            told = {"trial": trial.pk, "version": trial.number, **trial.result}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        table = Table(title=_("Back-test %(number)s") % {"number": trial.pk})
        for words in (
            _("Warning"),
            _("Alerts"),
            _("Judged"),
            _("Right"),
            _("Named before"),
            _("Lead"),
        ):
            table.add_column(words, justify="right" if table.columns else "left")
        for code, opened, judged, right, named, outcomes, lead in queries.backtest_rows(trial):
            table.add_row(
                code if code in Rule.values else _("together"),
                f"{opened:,}",
                f"{judged:,}",
                f"{right:,}",
                f"{named:,} / {outcomes:,}",
                "–" if lead is None else str(lead),
            )
        Console(width=None if sys.stdout.isatty() else 100).print(table)
